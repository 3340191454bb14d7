//! Is there a desktop to open a window on? To be asked before the window's toolkit is, which
//! panics where there is none.

/// A display server takes connections; on Windows and macOS always so.
#[cfg(not(all(unix, not(target_os = "macos"))))]
#[must_use]
pub fn is_there() -> bool {
    true
}

/// A display server takes connections: Wayland's, or X's.
#[cfg(all(unix, not(target_os = "macos")))]
#[must_use]
pub fn is_there() -> bool {
    let variable = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    // A socket that is handed down open needs no address.
    variable("WAYLAND_SOCKET").is_some()
        || variable("WAYLAND_DISPLAY").is_some_and(|name| {
            // An absolute name stands for itself.
            let folder = PathBuf::from(variable("XDG_RUNTIME_DIR").unwrap_or_default());
            UnixStream::connect(folder.join(name)).is_ok()
        })
        || variable("DISPLAY").is_some_and(|name| x_is_there(&name.to_string_lossy()))
}

#[cfg(all(unix, not(target_os = "macos")))]
use std::{os::unix::net::UnixStream, path::PathBuf};

/// `:1` or `:1.0` is on this computer; what is elsewhere is taken at its word.
#[cfg(all(unix, not(target_os = "macos")))]
fn x_is_there(display: &str) -> bool {
    let Some((host, number)) = display.rsplit_once(':') else {
        return false;
    };
    if !matches!(host, "" | "unix") {
        return true;
    }
    let number = number.split('.').next().unwrap_or_default();
    let path = format!("/tmp/.X11-unix/X{number}");
    UnixStream::connect(&path).is_ok() || is_abstract(&path)
}

/// Linux has sockets without a file, too.
#[cfg(target_os = "linux")]
fn is_abstract(path: &str) -> bool {
    use std::os::linux::net::SocketAddrExt;
    use std::os::unix::net::SocketAddr;
    SocketAddr::from_abstract_name(path)
        .and_then(|address| UnixStream::connect_addr(&address))
        .is_ok()
}

#[cfg(all(unix, not(target_os = "macos"), not(target_os = "linux")))]
fn is_abstract(_: &str) -> bool {
    false
}

#[cfg(all(test, unix, not(target_os = "macos")))]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_display_is_none() {
        for display in ["", "nonsense", ":9999", ":9999.0", "unix:9999", ":"] {
            assert!(!x_is_there(display), "{display:?}");
        }
        assert!(x_is_there("elsewhere:0"));
    }
}
