//! What differs by operating system, under one name each.

use std::fs::File;
use std::io;
use std::path::Path;
use std::time::SystemTime;

use crate::download::Failure;
use crate::queue::Fingerprint;

/// Tells one file from another, whatever its name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Identity {
    /// The device.
    pub device: u64,
    /// The file's number on it.
    pub inode: u64,
    /// When it was made, in nanoseconds (0 where the system does not keep that): numbers are
    /// used again.
    pub born: u64,
}

impl From<&Fingerprint> for Identity {
    fn from(of: &Fingerprint) -> Self {
        Self {
            device: of.device,
            inode: of.inode,
            born: of.born,
        }
    }
}

impl Identity {
    /// The same file, though its device may have been mounted anew, under another number.
    pub fn is_same(self, was: Self) -> bool {
        let born_there = self.born != 0 && self.born == was.born;
        self == was || self.inode == was.inode && born_there
    }

    #[cfg(unix)]
    fn of(meta: &std::fs::Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        let born = meta
            .created()
            .ok()
            .and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        let born = born.map_or(0, |born| u64::try_from(born.as_nanos()).unwrap_or(0));
        Self {
            device: meta.dev(),
            inode: meta.ino(),
            born,
        }
    }
}

/// An error of the disk as a failure.
pub fn failure(error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::PermissionDenied => Failure::PermissionDenied,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Failure::DiskFull {
            needed: None,
            free: None,
        },
        io::ErrorKind::ReadOnlyFilesystem => Failure::ReadOnly,
        io::ErrorKind::NotADirectory => Failure::NotAFolder,
        io::ErrorKind::IsADirectory => Failure::NameConflict { is_folder: true },
        io::ErrorKind::FileTooLarge => Failure::FileTooLarge,
        io::ErrorKind::NotFound
        | io::ErrorKind::StaleNetworkFileHandle
        // (Its folder has become one on another disk.)
        | io::ErrorKind::CrossesDevices => Failure::DestinationGone,
        _ => Failure::Disk(error.to_string()),
    }
}

/// Writes all of it at an offset.
pub fn write_at(file: &File, bytes: &[u8], offset: u64) -> io::Result<()> {
    #[cfg(unix)]
    return std::os::unix::fs::FileExt::write_all_at(file, bytes, offset);
    #[cfg(windows)]
    {
        let mut done = 0;
        while done < bytes.len() {
            let more = std::os::windows::fs::FileExt::seek_write(
                file,
                &bytes[done..],
                offset + done as u64,
            )?;
            if more == 0 {
                return Err(io::ErrorKind::WriteZero.into());
            }
            done += more;
        }
        Ok(())
    }
}

/// Reads as much as there is, at an offset; how much it was.
pub fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<usize> {
    let mut done = 0;
    while done < bytes.len() {
        #[cfg(unix)]
        let more =
            std::os::unix::fs::FileExt::read_at(file, &mut bytes[done..], offset + done as u64)?;
        #[cfg(windows)]
        let more = std::os::windows::fs::FileExt::seek_read(
            file,
            &mut bytes[done..],
            offset + done as u64,
        )?;
        if more == 0 {
            break;
        }
        done += more;
    }
    Ok(done)
}

/// Which file this is; zeros where the system does not say.
pub fn identity(file: &File) -> Identity {
    #[cfg(unix)]
    if let Ok(meta) = file.metadata() {
        return Identity::of(&meta);
    }
    let _ = file;
    Identity::default()
}

/// Which file stands under a name.
pub fn identity_of(path: &Path) -> Option<Identity> {
    #[cfg(unix)]
    return std::fs::symlink_metadata(path)
        .ok()
        .map(|meta| Identity::of(&meta));
    #[cfg(not(unix))]
    std::fs::symlink_metadata(path)
        .ok()
        .map(|_| Identity::default())
}

/// Which file this is, and how it is now.
pub fn fingerprint(file: &File) -> Option<Fingerprint> {
    file.metadata().ok().map(|meta| fingerprint_of(&meta))
}

fn fingerprint_of(meta: &std::fs::Metadata) -> Fingerprint {
    #[cfg(unix)]
    let identity = Identity::of(meta);
    #[cfg(not(unix))]
    let identity = Identity::default();
    Fingerprint {
        device: identity.device,
        inode: identity.inode,
        born: identity.born,
        length: meta.len(),
        modified: meta.modified().ok().map(nanoseconds),
    }
}

/// Since 1970; what is centuries from it is the last moment that can be said.
pub fn nanoseconds(time: SystemTime) -> i64 {
    let whole = |time: std::time::Duration| i64::try_from(time.as_nanos()).unwrap_or(i64::MAX);
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => whole(after),
        Err(before) => -whole(before.duration()),
    }
}

/// Under this name stands that file, and nobody has written to it: what of it is not known is
/// not compared.
pub fn is_still(path: &Path, was: &Fingerprint) -> bool {
    let Ok(meta) = std::fs::symlink_metadata(path) else {
        return false;
    };
    let now = fingerprint_of(&meta);
    let identity = Identity::from(was);
    meta.is_file()
        && now.length == was.length
        && (identity == Identity::default() || Identity::from(&now).is_same(identity))
        && was
            .modified
            .is_none_or(|modified| now.modified == Some(modified))
}

/// Where an open file stands now, where the system says that.
pub fn path_of(file: &File) -> Option<std::path::PathBuf> {
    #[cfg(target_os = "linux")]
    {
        use std::os::fd::AsRawFd;
        std::fs::read_link(format!("/proc/self/fd/{}", file.as_raw_fd())).ok()
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = file;
        None
    }
}

/// Which folder a path leads to, over links.
pub fn folder_at(path: &Path) -> Option<Identity> {
    #[cfg(unix)]
    return std::fs::metadata(path).ok().map(|meta| Identity::of(&meta));
    #[cfg(not(unix))]
    std::fs::metadata(path).ok().map(|_| Identity::default())
}

/// Changes at each start of the system: what only the page cache had is gone then.
pub fn boot_id() -> String {
    #[cfg(target_os = "linux")]
    if let Ok(id) = std::fs::read_to_string("/proc/sys/kernel/random/boot_id") {
        return id.trim().to_owned();
    }
    // Unknown: never equal, so that only what was synced counts.
    String::new()
}

/// Room that a file has on the disk, its reservation included.
pub fn reserved(file: &File) -> u64 {
    let Ok(meta) = file.metadata() else { return 0 };
    #[cfg(unix)]
    return std::os::unix::fs::MetadataExt::blocks(&meta) * 512;
    #[cfg(not(unix))]
    meta.len()
}

/// The file system knows no locks (or its lock service does not run).
pub fn has_no_locks(error: &io::Error) -> bool {
    #[cfg(unix)]
    if error.raw_os_error() == Some(rustix::io::Errno::NOLCK.raw_os_error()) {
        return true;
    }
    error.kind() == io::ErrorKind::Unsupported
}

/// Free bytes for this user where the path is.
pub fn free_space(path: &Path) -> Option<u64> {
    #[cfg(unix)]
    {
        let stat = rustix::fs::statvfs(path).ok()?;
        Some(stat.f_bavail.saturating_mul(stat.f_frsize))
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}

/// Reserves room without making the file longer; `Ok` where the system cannot.
pub fn reserve(file: &File, length: u64) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{FallocateFlags, fallocate};
        match fallocate(file, FallocateFlags::KEEP_SIZE, 0, length) {
            Err(rustix::io::Errno::NOSPC) => Err(io::ErrorKind::StorageFull.into()),
            Err(rustix::io::Errno::FBIG) => Err(io::ErrorKind::FileTooLarge.into()),
            _ => Ok(()),
        }
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = (file, length);
        Ok(())
    }
}

/// Renames; an existing target is an error of kind `AlreadyExists`.
pub fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            Ok(()) => return Ok(()),
            Err(
                rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP,
            ) => {}
            Err(error) => return Err(error.into()),
        }
    }
    // File systems without it: a second name refuses to replace, too.
    match std::fs::hard_link(from, to) {
        Ok(()) => return std::fs::remove_file(from),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
        Err(_) => {}
    }
    // And those without links: a new empty file holds the name, and is replaced by ours.
    File::create_new(to)?;
    std::fs::rename(from, to).inspect_err(|_| drop(std::fs::remove_file(to)))
}

/// A file without a name in this folder, where the file system has such.
pub fn nameless_in(folder: &File) -> Option<io::Result<File>> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{Mode, OFlags, openat};
        let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
        match openat(folder, ".", flags, Mode::from_raw_mode(0o666)) {
            Ok(descriptor) => Some(Ok(File::from(descriptor))),
            Err(
                rustix::io::Errno::OPNOTSUPP
                | rustix::io::Errno::ISDIR
                | rustix::io::Errno::INVAL
                | rustix::io::Errno::NOENT,
            ) => None,
            Err(error) => Some(Err(error.into())),
        }
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = folder;
        None
    }
}

/// Gives a nameless file its name; an existing one is an error of kind `AlreadyExists`.
#[cfg(target_os = "linux")]
pub fn give_name(file: &File, folder: &File, name: &str) -> io::Result<()> {
    use std::os::fd::AsRawFd;
    // Shorter, where the system allows it to this user.
    match rustix::fs::linkat(file, "", folder, name, rustix::fs::AtFlags::EMPTY_PATH) {
        Err(rustix::io::Errno::NOENT) => {}
        given => return given.map_err(Into::into),
    }
    let from = format!("/proc/self/fd/{}", file.as_raw_fd());
    rustix::fs::linkat(
        rustix::fs::CWD,
        from,
        folder,
        name,
        rustix::fs::AtFlags::SYMLINK_FOLLOW,
    )
    .map_err(Into::into)
}

/// (Never reached: there are no nameless files here.)
#[cfg(not(target_os = "linux"))]
pub fn give_name(_file: &File, _folder: &File, _name: &str) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Writes all that is dirty on the file system of this folder.
pub fn sync_all_of(folder: &File) -> Option<io::Result<()>> {
    #[cfg(target_os = "linux")]
    return Some(rustix::fs::syncfs(folder).map_err(Into::into));
    #[cfg(not(target_os = "linux"))]
    {
        let _ = folder;
        None
    }
}

/// Makes a folder's names durable.
pub fn sync_folder(folder: &File) -> io::Result<()> {
    #[cfg(unix)]
    return folder.sync_all();
    #[cfg(not(unix))]
    {
        let _ = folder;
        Ok(())
    }
}

/// The time of the file at the source, and the mark of the net. Neither is worth an error.
pub fn mark(file: &File, modified: Option<SystemTime>, origin: &str) {
    if let Some(time) = modified {
        let _ = file.set_times(std::fs::FileTimes::new().set_modified(time));
    }
    #[cfg(target_os = "linux")]
    let _ = rustix::fs::fsetxattr(
        file,
        "user.xdg.origin.url",
        origin.as_bytes(),
        rustix::fs::XattrFlags::empty(),
    );
    #[cfg(not(target_os = "linux"))]
    let _ = origin;
}

/// As many open files as the system gives (groups of small files wait open for their sync).
pub fn raise_open_files() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let mut limit = getrlimit(Resource::Nofile);
        limit.current = limit.maximum.map(|most| most.min(1 << 16));
        let _ = setrlimit(Resource::Nofile, limit);
    }
}

#[cfg(test)]
mod tests;
