use super::*;

fn place(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    for (name, contents) in files {
        std::fs::write(place.path().join(name), contents).unwrap();
    }
    place
}

#[test]
fn programs_are_known_by_name_and_by_their_first_bytes() {
    for (name, contents, is_program) in [
        ("a.pdf", &b"%PDF-1.7"[..], false),
        ("a.iso", b"", false),
        ("notes.txt", b"# not a script", false),
        ("a.deb", b"!<arch>\n", false),
        ("setup.EXE", b"", true),
        ("a.desktop", b"", true),
        ("a.AppImage", b"", true),
        ("tool", b"\x7fELF\x02\x01", true),
        ("picture.jpg", b"#!/bin/sh\n", true),
        ("launcher", b"[Desktop Entry]\nExec=x\n", true),
        ("no-ending", b"MZ\x90\0", true),
    ] {
        let place = place(&[(name, contents)]);
        let path = place.path().join(name);
        assert_eq!(runs(&path).unwrap(), is_program, "{name}");
        if is_program {
            assert_eq!(open(&path), Err(OpenError::Program(path)));
        }
    }
}

#[test]
fn what_is_gone_is_missing() {
    let place = place(&[]);
    for name in ["a.pdf", "a.exe"] {
        let path = place.path().join(name);
        let missing = Err(OpenError::Missing(path.clone()));
        assert_eq!(open(&path), missing);
        assert_eq!(show_in_folder(&path), missing);
    }
}

/// A desktop whose opener writes down what it was given.
#[cfg(all(unix, not(target_os = "macos")))]
mod with_a_desktop {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::platform::child;

    fn desktop(answer: &str) -> tempfile::TempDir {
        let script = format!("#!/bin/sh\nprintf '%s\\n' \"$#\" \"$1\" >>\"$0.log\"\n{answer}\n");
        let place = place(&[("xdg-open", script.as_bytes()), ("-my file.pdf", b"%PDF")]);
        let opener = place.path().join("xdg-open");
        std::fs::set_permissions(opener, PermissionsExt::from_mode(0o755)).unwrap();
        place
    }

    /// What the process of its own is to open.
    fn file() -> PathBuf {
        Path::new(&std::env::var_os("PATH").unwrap()).join("-my file.pdf")
    }

    fn written(place: &Path) -> String {
        std::fs::read_to_string(place.join("xdg-open.log")).unwrap()
    }

    #[test]
    #[ignore = "runs in a process of its own"]
    fn opening() {
        open(&file()).unwrap();
        show_in_folder(&file()).unwrap();
    }

    #[test]
    fn the_desktop_gets_the_path_as_it_is() {
        let place = desktop("exit 0");
        let test = "platform::open::tests::with_a_desktop::opening";
        child::run(test, [("PATH", place.path())]);
        let folder = place.path().display();
        let wanted = format!("1\n{folder}/-my file.pdf\n1\n{folder}\n");
        assert_eq!(written(place.path()), wanted);
    }

    #[test]
    #[ignore = "runs in a process of its own"]
    fn failing() {
        let told = open(&file()).unwrap_err();
        assert!(matches!(told, OpenError::Failed { .. }), "{told}");
    }

    #[test]
    fn a_desktop_that_fails_or_is_none_is_told_of() {
        let test = "platform::open::tests::with_a_desktop::failing";
        let place = desktop("exit 3");
        child::run(test, [("PATH", place.path())]);
        assert!(!written(place.path()).is_empty());
        std::fs::remove_file(place.path().join("xdg-open")).unwrap();
        child::run(test, [("PATH", place.path())]);
    }
}
