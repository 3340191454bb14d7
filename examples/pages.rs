//! Writes what a package carries beside the program: `man/`, with `ebb.1` and a page for each
//! command, and `completions/`, with a file for each shell.
//!
//! ```sh
//! cargo run --example pages --no-default-features -- target/pages
//! ```

use std::path::{Path, PathBuf};

use clap_complete::Shell;

fn main() -> std::io::Result<()> {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.ok_or_else(|| std::io::Error::other("usage: pages FOLDER"))?;
    write_man(&folder.join("man"))?;
    write_completions(&folder.join("completions"))
}

fn write_man(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    clap_mangen::generate_to(ebb::cli::command(), folder)
}

fn write_completions(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell] {
        clap_complete::generate_to(shell, &mut ebb::cli::command(), "ebb", folder)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    struct Pages {
        folder: tempfile::TempDir,
    }

    impl Pages {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            write_man(folder.path()).unwrap();
            write_completions(folder.path()).unwrap();
            Self { folder }
        }

        fn path(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        fn text(&self, name: &str) -> String {
            std::fs::read_to_string(self.path(name)).expect(name)
        }
    }

    /// What a program says of a file; nothing where there is no such program.
    #[track_caller]
    fn assert_taken(program: &str, arguments: &[&str], file: &Path) {
        let mut command = Command::new(program);
        command.args(arguments).arg(file).stdin(Stdio::null());
        if let Ok(output) = command.env("LC_ALL", "C.UTF-8").output() {
            let said = String::from_utf8_lossy(&output.stderr);
            let taken = (output.status.success(), said.as_ref());
            assert_eq!(taken, (true, ""), "{program} {}", file.display());
        }
    }

    #[test]
    fn every_command_is_in_each_of_them() {
        let pages = Pages::new();
        let completions = ["ebb.bash", "_ebb", "ebb.fish", "_ebb.ps1"];
        let completions = completions.map(|name| pages.text(name));
        let of_all = pages.text("ebb.1");
        let line = ebb::cli::command();
        let commands: Vec<_> = line
            .get_subcommands()
            .map(clap::Command::get_name)
            .collect();
        assert!(commands.len() >= 18, "{commands:?}");
        for command in commands {
            assert!(of_all.contains(&format!("ebb\\-{command}(1)")), "{command}");
            let page = pages.text(&format!("ebb-{command}.1"));
            assert!(page.contains(&format!("\\fBebb {command}\\fR")), "{page}");
            for text in &completions {
                assert!(text.contains(command), "{command}: {text}");
            }
        }
    }

    #[test]
    fn shells_and_man_take_them() {
        let pages = Pages::new();
        for (shell, name) in [("bash", "ebb.bash"), ("zsh", "_ebb"), ("fish", "ebb.fish")] {
            assert_taken(shell, &["-n"], &pages.path(name));
        }
        for entry in pages.folder.path().read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "1") {
                assert_taken("groff", &["-man", "-Kutf8", "-ww", "-z"], &path);
            }
        }
    }
}
