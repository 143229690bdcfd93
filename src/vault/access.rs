//! Gives the file that takes another one's place what that one has beside its text.

use std::fs::File;
use std::io::{self, ErrorKind};

/// Gives the new file the owner, the group, the extended attributes (access-control lists of POSIX are two of them)
/// and the permissions of the old one, as far as the user may. At no moment can anybody read or write it who could not
/// before, if only its owner can so far.
///
/// # Errors
/// When the access-control list cannot be kept, or there is no room for an attribute.
#[cfg(unix)]
pub(super) fn keep(old: &File, new: &File) -> io::Result<()> {
    use std::fs::Permissions;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let (was, own) = (old.metadata()?, new.metadata()?);
    // Most may give files only to groups that they are in, so each is asked for by itself.
    if was.gid() != own.gid() {
        let _ = fchown(new, None, Some(was.gid()));
    }
    if was.uid() != own.uid() {
        let _ = fchown(new, Some(was.uid()), None);
    }
    keep_attributes(old, new)?;
    let mut mode = was.mode() & 0o7777;
    if new.metadata()?.gid() != was.gid() {
        // Another group may do what everybody may.
        mode &= !0o070 | (mode & 0o007) << 3;
    }
    new.set_permissions(Permissions::from_mode(mode))
}

#[cfg(unix)]
fn keep_attributes(old: &File, new: &File) -> io::Result<()> {
    use xattr::FileExt;
    // Not every file system has any, and some of them only the system may set.
    let Ok(names) = old.list_xattr() else { return Ok(()) };
    for name in names {
        let kept = old.get_xattr(&name).and_then(|value| value.map_or(Ok(()), |value| new.set_xattr(&name, &value)));
        let no_room = |error: &io::Error| matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded);
        // Without its list, the permissions of the group would be those of all whom it names.
        if name == "system.posix_acl_access" || kept.as_ref().is_err_and(no_room) {
            kept?;
        }
    }
    Ok(())
}

#[cfg(not(unix))]
pub(super) fn keep(old: &File, new: &File) -> io::Result<()> {
    new.set_permissions(old.metadata()?.permissions())
}
