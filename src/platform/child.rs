//! For tests: one test in a process of its own, so that it may have another environment.

use std::path::Path;
use std::process::Command;

/// Runs an ignored test of this program under these variables; it must pass.
pub fn run<const N: usize>(test: &str, variables: [(&str, &Path); N]) {
    let this = std::env::current_exe().expect("the tests' program");
    let output = Command::new(this)
        .args(["--exact", test, "--ignored", "--nocapture"])
        .envs(variables)
        .output()
        .expect("the tests' program runs");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}");
    assert!(told.contains("1 passed"), "no test {test}: {told}");
}
