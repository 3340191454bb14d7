//! The end of a name that tells what is in it: found, kept, numbered before, taken from the
//! Content-Type.

use super::page;
use super::sanitise::{LONGEST, sanitise};

/// The longest extension, in bytes, without its dot.
const LONGEST_EXTENSION: usize = 16;

/// Media types that say what a file is, and the extension people know it by.
const TYPES: &[(&str, &str)] = &[
    ("application/epub+zip", "epub"),
    ("application/gzip", "gz"),
    ("application/java-archive", "jar"),
    ("application/json", "json"),
    ("application/msword", "doc"),
    ("application/ogg", "ogg"),
    ("application/pdf", "pdf"),
    ("application/postscript", "ps"),
    ("application/rtf", "rtf"),
    ("application/vnd.android.package-archive", "apk"),
    ("application/vnd.debian.binary-package", "deb"),
    ("application/vnd.ms-excel", "xls"),
    ("application/vnd.ms-powerpoint", "ppt"),
    ("application/vnd.oasis.opendocument.presentation", "odp"),
    ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
    ("application/vnd.oasis.opendocument.text", "odt"),
    (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "pptx",
    ),
    (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
    ),
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
    ("application/vnd.rar", "rar"),
    ("application/x-7z-compressed", "7z"),
    ("application/x-apple-diskimage", "dmg"),
    ("application/x-bittorrent", "torrent"),
    ("application/x-bzip2", "bz2"),
    ("application/x-gzip", "gz"),
    ("application/x-iso9660-image", "iso"),
    ("application/x-rar-compressed", "rar"),
    ("application/x-rpm", "rpm"),
    ("application/x-tar", "tar"),
    ("application/x-xz", "xz"),
    ("application/x-zip-compressed", "zip"),
    ("application/xhtml+xml", "xhtml"),
    ("application/xml", "xml"),
    ("application/zip", "zip"),
    ("application/zstd", "zst"),
    ("audio/aac", "aac"),
    ("audio/flac", "flac"),
    ("audio/mp4", "m4a"),
    ("audio/mpeg", "mp3"),
    ("audio/ogg", "ogg"),
    ("audio/wav", "wav"),
    ("audio/x-flac", "flac"),
    ("audio/x-wav", "wav"),
    ("image/avif", "avif"),
    ("image/bmp", "bmp"),
    ("image/gif", "gif"),
    ("image/jpeg", "jpg"),
    ("image/png", "png"),
    ("image/svg+xml", "svg"),
    ("image/tiff", "tiff"),
    ("image/webp", "webp"),
    ("text/css", "css"),
    ("text/csv", "csv"),
    ("text/html", "html"),
    ("text/javascript", "js"),
    ("text/markdown", "md"),
    ("text/plain", "txt"),
    ("text/xml", "xml"),
    ("video/mp4", "mp4"),
    ("video/mpeg", "mpg"),
    ("video/ogg", "ogv"),
    ("video/quicktime", "mov"),
    ("video/webm", "webm"),
    ("video/x-matroska", "mkv"),
    ("video/x-msvideo", "avi"),
];

/// The extension for a media type in lower case, without its dot.
pub fn of_content_type(content_type: &str) -> Option<&'static str> {
    let found = TYPES.iter().find(|(known, _)| *known == content_type);
    found.map(|(_, extension)| *extension)
}

/// Splits a name before its extension, which keeps its dot and may be empty. `.tar.gz` and
/// its like stay together; `6.12` in `linux-6.12` is no extension, `.001` of a volume is.
pub fn split(name: &str) -> (&str, &str) {
    let Some(dot) = name.rfind('.').filter(|dot| *dot > 0) else {
        return (name, "");
    };
    let extension = &name[dot + 1..];
    let digits = extension.bytes().all(|byte| byte.is_ascii_digit());
    let is_one = (1..=LONGEST_EXTENSION).contains(&extension.len())
        && extension.chars().all(char::is_alphanumeric)
        && (!digits || extension.len() == 3);
    if !is_one {
        return (name, "");
    }
    let tar = dot.saturating_sub(".tar".len());
    let after_tar = name
        .get(tar..dot)
        .is_some_and(|it| it.eq_ignore_ascii_case(".tar"));
    name.split_at(if after_tar && tar > 0 { tar } else { dot })
}

/// The same name, at most `most` bytes long, its end cut off before the extension.
pub fn cut(name: &str, most: usize) -> String {
    if name.len() <= most {
        return name.to_owned();
    }
    let (stem, extension) = split(name);
    let room = stem.floor_char_boundary(most.saturating_sub(extension.len()));
    format!("{}{extension}", stem[..room].trim_end())
}

/// The name with a number before its extension, for when it is taken: `a.tar.gz`, 1 →
/// `a (1).tar.gz`. As long as [`LONGEST`] at most; a safe name stays safe.
#[must_use]
pub fn numbered(name: &str, n: u32) -> String {
    let (stem, extension) = split(name);
    let number = format!(" ({n})");
    let room = LONGEST.saturating_sub(number.len() + extension.len());
    let stem = &stem[..stem.floor_char_boundary(room)];
    format!("{}{number}{extension}", stem.trim_end())
}

/// A URL's name with the Content-Type's extension, where it has none or only its script's.
///
/// `text/plain` is what servers say when they do not know (README, Makefile): it adds
/// nothing. `text/html` does: what has no extension and comes as a page is one.
pub fn completed(name: &str, content_type: Option<&str>) -> String {
    let specific = content_type.filter(|it| *it != "text/plain");
    let Some(extension) = specific.and_then(of_content_type) else {
        return name.to_owned();
    };
    let stem = match split(name) {
        (stem, "") => stem,
        (stem, script) if page::is_script(script) => stem,
        _ => return name.to_owned(),
    };
    sanitise(&format!("{stem}.{extension}")).unwrap_or_else(|| name.to_owned())
}
