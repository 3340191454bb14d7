//! The table against the font, and names against kinds.

use std::collections::HashSet;

use iced::advanced::graphics::text::cosmic_text::skrifa;
use skrifa::MetadataProvider;
use skrifa::string::StringId;

use super::*;

#[test]
fn the_font_has_every_icon_and_bears_its_name() {
    let font = skrifa::FontRef::new(BYTES).expect("a font");
    let family = font.localized_strings(StringId::FAMILY_NAME).next();
    assert_eq!(family.expect("a name").to_string(), FONT_NAME);
    let missing: Vec<_> = Icon::ALL
        .iter()
        .filter(|icon| font.charmap().map(icon.glyph()).is_none())
        .collect();
    assert!(
        missing.is_empty(),
        "run assets/icons/subset.py: {missing:?}"
    );
}

#[test]
fn no_two_icons_are_the_same_picture() {
    let glyphs: HashSet<_> = Icon::ALL.iter().map(|icon| icon.glyph()).collect();
    assert_eq!(glyphs.len(), Icon::ALL.len());
}

#[test]
fn the_last_part_of_a_name_tells_the_kind() {
    for (name, kind) in [
        ("debian-13.2.0-amd64-DVD-1.iso", Icon::Disc),
        ("DEBIAN.ISO", Icon::Disc),
        ("blender-5.1-linux-x64.tar.xz", Icon::Archive),
        ("photos.Zip", Icon::Archive),
        ("lecture 7.mp4", Icon::Film),
        ("song.flac", Icon::Music),
        ("tile_12_7.webp", Icon::Image),
        ("novel.epub", Icon::Book),
        ("paper.pdf", Icon::FileText),
        ("ebb_0.1.0_amd64.deb", Icon::Package),
        ("setup.exe", Icon::AppWindow),
        ("part-0001.parquet", Icon::Database),
        ("v1.2", Icon::File),
        ("README", Icon::File),
        ("zip", Icon::File),
        (".zip", Icon::File),
        ("folder.d/.zip", Icon::File),
        ("iso.", Icon::File),
        ("", Icon::File),
        ("日本語.jpg", Icon::Image),
        ("name.日本", Icon::File),
    ] {
        assert_eq!(Icon::of_file(name), kind, "{name}");
    }
}

#[test]
fn no_ending_has_two_kinds() {
    let mut seen = HashSet::new();
    for ending in KINDS.iter().flat_map(|(_, endings)| *endings) {
        assert!(seen.insert(ending), "{ending}");
        assert_eq!(**ending, ending.to_ascii_lowercase());
    }
}
