//! What the file is called.
//!
//! A name comes from strangers and goes into the person's folder. So every name that leaves
//! this room has been through [`sanitise`]: one path component, not hidden, not reserved, not
//! misleading, and short enough for `.ebb-part` to follow it.

mod disposition;
mod extension;
mod page;
mod sanitise;
mod text;

pub use extension::numbered;
pub use page::{is_web_page_name, looks_like_html, page_instead_of_file};
pub use sanitise::{LONGEST, sanitise};

use super::link::Link;
use super::resource::Resource;

/// What a file is called that nobody has named.
const LAST_RESORT: &str = "download";

/// Why a name that a person chose is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing, or nothing but blanks.
    #[error("the name is empty")]
    Empty,
    /// `/` or `\` in it: the folder is chosen apart from the name.
    #[error("a name has no path separators")]
    Separator,
    /// Only dots and characters that no name has: nothing would be left.
    #[error("{0:?} is not a file name")]
    NotAName(String),
}

/// The name that a person chose, made safe.
///
/// # Errors
/// [`NameError`], where making it safe would make another name of it, or none.
pub fn chosen(name: &str) -> Result<String, NameError> {
    if name.trim().is_empty() {
        return Err(NameError::Empty);
    }
    if name.contains(['/', '\\']) {
        return Err(NameError::Separator);
    }
    sanitise(name).ok_or_else(|| NameError::NotAName(name.to_owned()))
}

/// The file's name: the person's choice, else Content-Disposition, else the last segment of
/// the URL that answered, else that of the first URL, else `download`.
///
/// A URL's name without an extension (`/report`, `/get.php`) takes the one of the
/// Content-Type, where that says something; the person's and the server's own name are
/// left as they are.
#[must_use]
pub fn choose(
    chosen: Option<&str>,
    resource: &Resource,
    final_url: &Link,
    first_url: &Link,
) -> String {
    let content_type = resource.content_type.as_deref();
    let disposition = || disposition::name(resource.disposition.as_deref()?);
    let of_link = |link: &Link| Some(extension::completed(&in_link(link)?, content_type));
    chosen
        .and_then(sanitise)
        .or_else(|| sanitise(&disposition()?))
        .or_else(|| of_link(final_url))
        .or_else(|| of_link(first_url))
        .unwrap_or_else(|| {
            let extension = content_type.and_then(extension::of_content_type);
            extension.map_or(LAST_RESORT.to_owned(), |it| format!("{LAST_RESORT}.{it}"))
        })
}

/// The last segment of a URL's path, decoded and made safe; the query does not count.
/// `None` for a path that ends in a slash.
#[must_use]
pub fn in_link(link: &Link) -> Option<String> {
    let url = link.url();
    let segment = url.path_segments()?.next_back()?;
    let bytes: Vec<u8> = percent_encoding::percent_decode_str(segment).collect();
    sanitise(&text::guess(&bytes))
}

#[cfg(test)]
mod tests;
