//! What only the system knows of a TCP connection, and what only it can be told.
//!
//! On Linux: how long a round trip is, as the receiver sees it; how much may be on its way; how
//! much it keeps for a reader that does not read. Elsewhere there is nothing, and who needs it
//! does without.

use std::time::Duration;

use tokio::net::TcpStream;

/// Room for two packets, as the system counts them.
const LITTLE: usize = 4608;

/// What the system says of a connection.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    /// From an acknowledgement to the bytes that answer it: smoothed, in whole milliseconds.
    pub trip: Duration,
}

#[cfg(target_os = "linux")]
#[allow(
    unsafe_code,
    reason = "no crate that is kept well has TCP_INFO, TCP_WINDOW_CLAMP and SO_BUF_LOCK"
)]
mod system {
    use std::io;
    use std::mem::size_of;
    use std::os::fd::AsRawFd;
    use std::time::Duration;

    use tokio::net::TcpStream;

    use super::Told;

    /// With this option of TCP the receiver sees every round trip.
    const TIMESTAMPS: u8 = 1;
    const SO_BUF_LOCK: libc::c_int = 72;

    fn set(stream: &TcpStream, level: i32, name: i32, value: i32) -> io::Result<()> {
        // SAFETY: the descriptor is open as long as `stream` is borrowed; the system reads an
        // int, and `value` is one.
        let result = unsafe {
            libc::setsockopt(
                stream.as_raw_fd(),
                level,
                name,
                (&raw const value).cast(),
                size_of::<i32>() as libc::socklen_t,
            )
        };
        if result == 0 {
            Ok(())
        } else {
            Err(io::Error::last_os_error())
        }
    }

    /// Fills `value` as far as the system has something.
    fn get<T: Copy>(stream: &TcpStream, level: i32, name: i32, value: &mut T) -> io::Result<()> {
        let mut length = size_of::<T>() as libc::socklen_t;
        // SAFETY: the descriptor is open; the system writes at most `length` bytes, which is the
        // size of `value`; both types that are asked for hold whole numbers only.
        let result = unsafe {
            libc::getsockopt(
                stream.as_raw_fd(),
                level,
                name,
                (&raw mut *value).cast(),
                &raw mut length,
            )
        };
        if result == 0 {
            Ok(())
        } else {
            Err(io::Error::last_os_error())
        }
    }

    pub fn told(stream: &TcpStream) -> Option<Told> {
        // SAFETY: a structure of whole numbers may be all zeros.
        let mut info: libc::tcp_info = unsafe { std::mem::zeroed() };
        get(stream, libc::IPPROTO_TCP, libc::TCP_INFO, &mut info).ok()?;
        let sees = info.tcpi_options & TIMESTAMPS != 0;
        sees.then(|| Told {
            trip: Duration::from_micros(info.tcpi_rcv_rtt.into()),
        })
    }

    pub fn bound(stream: &TcpStream, bytes: usize) {
        let bytes = i32::try_from(bytes).unwrap_or(i32::MAX);
        let _ = set(stream, libc::IPPROTO_TCP, libc::TCP_WINDOW_CLAMP, bytes);
    }

    pub fn buffer(stream: &TcpStream) -> usize {
        let mut bytes = 0_i32;
        let _ = get(stream, libc::SOL_SOCKET, libc::SO_RCVBUF, &mut bytes);
        usize::try_from(bytes).unwrap_or_default()
    }

    pub fn set_buffer(stream: &TcpStream, bytes: usize) {
        // (It doubles what it is told.)
        let half = i32::try_from(bytes / 2).unwrap_or(i32::MAX);
        let _ = set(stream, libc::SOL_SOCKET, libc::SO_RCVBUF, half);
    }

    pub fn unlock_buffer(stream: &TcpStream) {
        let _ = set(stream, libc::SOL_SOCKET, SO_BUF_LOCK, 0);
    }

    pub fn can_unlock(stream: &TcpStream) -> bool {
        set(stream, libc::SOL_SOCKET, SO_BUF_LOCK, 0).is_ok()
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use tokio::net::TcpStream;

    use super::Told;

    pub fn told(_: &TcpStream) -> Option<Told> {
        None
    }

    pub fn bound(_: &TcpStream, _: usize) {}

    pub fn buffer(_: &TcpStream) -> usize {
        0
    }

    pub fn set_buffer(_: &TcpStream, _: usize) {}

    pub fn unlock_buffer(_: &TcpStream) {}

    pub fn can_unlock(_: &TcpStream) -> bool {
        false
    }
}

/// What the system says; none where it, or the other end, does not let us see.
pub fn told(stream: &TcpStream) -> Option<Told> {
    system::told(stream)
}

/// At most so many bytes may be on their way from now on, but for those that were allowed before.
/// (A system that gives a connection more room forgets it: it is told again after each read.)
pub fn bound(stream: &TcpStream, bytes: usize) {
    system::bound(stream, bytes);
}

/// Keeps no more than two packets for a reader that does not read, so that what is not read does
/// not come. What it kept before, bytes; none where that could not be undone.
pub fn keep_little(stream: &TcpStream) -> Option<usize> {
    if !system::can_unlock(stream) {
        return None;
    }
    let before = system::buffer(stream);
    system::set_buffer(stream, LITTLE);
    Some(before)
}

/// Keeps as much again, and more when that is of use.
pub fn keep_again(stream: &TcpStream, bytes: usize) {
    system::set_buffer(stream, bytes);
    system::unlock_buffer(stream);
}
