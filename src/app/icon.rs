//! The icons: one family (Lucide), as a small font of their own.
//!
//! This table is the only list of them: `assets/icons/subset.py` reads it to make the font,
//! and a test holds the font against it. An icon always stands beside a word or carries
//! one; it never says anything alone.

/// Declares the icons: the variant, Lucide's name for it, its place in the font.
macro_rules! icons {
    ($($variant:ident $name:literal $glyph:literal,)*) => {
        /// An icon of the bundled font.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Icon {
            $(#[doc = concat!("Lucide\u{2019}s `", $name, "`.")] $variant,)*
        }

        impl Icon {
            /// Every icon, by name.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its character in the font [`FONT_NAME`].
            #[must_use]
            pub const fn glyph(self) -> char {
                match self {
                    $(Self::$variant => $glyph,)*
                }
            }
        }
    };
}

icons! {
    AppWindow "app-window" '\u{e426}',
    Archive "archive" '\u{e041}',
    ArrowDown "arrow-down" '\u{e042}',
    ArrowUp "arrow-up" '\u{e04a}',
    Bell "bell" '\u{e059}',
    Book "book" '\u{e05e}',
    Check "check" '\u{e06c}',
    ChevronDown "chevron-down" '\u{e06d}',
    ChevronLeft "chevron-left" '\u{e06e}',
    ChevronRight "chevron-right" '\u{e06f}',
    ChevronsDown "chevrons-down" '\u{e071}',
    ChevronsUp "chevrons-up" '\u{e074}',
    Circle "circle" '\u{e076}',
    Clipboard "clipboard" '\u{e085}',
    Clock "clock" '\u{e087}',
    Copy "copy" '\u{e09e}',
    Database "database" '\u{e0ad}',
    Disc "disc" '\u{e0af}',
    Download "download" '\u{e0b2}',
    ExternalLink "external-link" '\u{e0b9}',
    File "file" '\u{e0c0}',
    FileText "file-text" '\u{e0cc}',
    Film "film" '\u{e0d0}',
    Folder "folder" '\u{e0d7}',
    FolderOpen "folder-open" '\u{e247}',
    Gauge "gauge" '\u{e1bf}',
    Globe "globe" '\u{e0e8}',
    History "history" '\u{e1f5}',
    Image "image" '\u{e0f6}',
    Info "info" '\u{e0f9}',
    Key "key-round" '\u{e4a3}',
    Keyboard "keyboard" '\u{e284}',
    Languages "languages" '\u{e0fe}',
    Layers "layers" '\u{e529}',
    Leaf "leaf" '\u{e2de}',
    Link "link" '\u{e102}',
    List "list" '\u{e106}',
    Minus "minus" '\u{e11c}',
    Music "music" '\u{e122}',
    Package "package" '\u{e129}',
    Palette "palette" '\u{e1dd}',
    Pause "pause" '\u{e12e}',
    Pencil "pencil" '\u{e1f9}',
    Play "play" '\u{e13c}',
    Plug "plug" '\u{e37f}',
    Plus "plus" '\u{e13d}',
    Power "power" '\u{e140}',
    Retry "rotate-cw" '\u{e149}',
    Search "search" '\u{e151}',
    Settings "settings" '\u{e154}',
    ShieldCheck "shield-check" '\u{e1ff}',
    Sort "arrow-down-wide-narrow" '\u{e047}',
    Trash "trash-2" '\u{e18e}',
    Alert "triangle-alert" '\u{e193}',
    Upload "upload" '\u{e19e}',
    Waves "waves" '\u{e283}',
    X "x" '\u{e1b2}',
    Zap "zap" '\u{e1b4}',
}

/// The family to ask for.
pub const FONT_NAME: &str = "Ebb Icons";

/// The same, as the window asks for it.
pub const FONT: iced::Font = iced::Font::with_name(FONT_NAME);

/// The font, TrueType.
pub const BYTES: &[u8] = include_bytes!("../../assets/icons/ebb-icons.ttf");

/// What the last part of a file's name says of its kind.
const KINDS: &[(Icon, &[&str])] = &[
    (
        Icon::Disc,
        &[
            "iso", "img", "dmg", "vhd", "vhdx", "vdi", "vmdk", "qcow2", "toast", "nrg",
        ],
    ),
    (
        Icon::Archive,
        &[
            "zip", "tar", "gz", "tgz", "xz", "txz", "bz2", "tbz", "tbz2", "zst", "tzst", "7z",
            "rar", "lz", "lz4", "lzma", "br", "cab", "cpio", "zipx", "z",
        ],
    ),
    (
        Icon::Film,
        &[
            "mp4", "mkv", "webm", "avi", "mov", "m4v", "mpg", "mpeg", "wmv", "flv", "ogv", "3gp",
            "m2ts", "vob",
        ],
    ),
    (
        Icon::Music,
        &[
            "mp3", "flac", "ogg", "oga", "opus", "m4a", "m4b", "wav", "aac", "aiff", "wma", "mid",
        ],
    ),
    (
        Icon::Image,
        &[
            "jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "tif", "tiff", "bmp", "heic",
            "jxl", "ico", "psd", "raw", "dng", "cr2", "nef", "xcf",
        ],
    ),
    (
        Icon::Book,
        &["epub", "mobi", "azw3", "djvu", "cbz", "cbr", "fb2"],
    ),
    (
        Icon::FileText,
        &[
            "pdf", "txt", "md", "doc", "docx", "odt", "rtf", "html", "htm", "tex", "ps", "ppt",
            "pptx", "odp", "srt", "vtt", "log",
        ],
    ),
    (
        Icon::Package,
        &[
            "deb", "rpm", "apk", "flatpak", "snap", "pkg", "msi", "msix", "jar", "whl", "crate",
            "gem",
        ],
    ),
    (
        Icon::AppWindow,
        &["exe", "appimage", "run", "bat", "sh", "ps1", "app"],
    ),
    (
        Icon::Database,
        &[
            "csv",
            "tsv",
            "json",
            "jsonl",
            "parquet",
            "sqlite",
            "db",
            "sql",
            "h5",
            "hdf5",
            "nc",
            "xml",
            "npz",
            "npy",
            "safetensors",
            "gguf",
            "xls",
            "xlsx",
            "ods",
            "arrow",
            "feather",
        ],
    ),
];

impl Icon {
    /// The kind of a file, by the last part of its name in any case; [`Icon::File`] where
    /// that says nothing.
    #[must_use]
    pub fn of_file(name: &str) -> Self {
        let Some((stem, last)) = name.rsplit_once('.') else {
            return Self::File;
        };
        if stem.is_empty() || stem.ends_with(['/', '\\']) {
            return Self::File;
        }
        KINDS
            .iter()
            .find(|(_, endings)| {
                endings
                    .iter()
                    .any(|ending| last.eq_ignore_ascii_case(ending))
            })
            .map_or(Self::File, |(icon, _)| *icon)
    }
}

#[cfg(test)]
mod tests;
