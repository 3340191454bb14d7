//! May files be made in a folder?

use std::io;
use std::path::Path;

/// Whether this user may make files in a folder that is there; nothing is made to find out.
/// Where the system does not tell, they may.
///
/// # Errors
/// Why not: `PermissionDenied`, `ReadOnlyFilesystem`, or what else the system says.
pub fn writable(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use rustix::fs::{Access, access};
        access(folder, Access::WRITE_OK | Access::EXEC_OK)?;
    }
    #[cfg(not(unix))]
    folder.metadata()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ones_own_folder_and_none_at_all() {
        let place = tempfile::tempdir().unwrap();
        assert!(writable(place.path()).is_ok());
        let missing = writable(&place.path().join("missing")).unwrap_err();
        assert_eq!(missing.kind(), io::ErrorKind::NotFound);
    }
}
