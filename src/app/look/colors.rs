//! The colours of both themes, and the accents.

use iced::{Color, color};

use crate::settings::Accent;

/// Every colour there is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colors {
    /// Behind everything.
    pub background: Color,
    /// Behind the filters.
    pub sidebar: Color,
    /// Behind the list, and fields.
    pub surface: Color,
    /// Behind what floats.
    pub raised: Color,
    /// Between things.
    pub line: Color,
    /// What is read.
    pub text: Color,
    /// What accompanies.
    pub muted: Color,
    /// Never for words that matter.
    pub faint: Color,
    /// The rest of a bar.
    pub track: Color,
    /// Background transfers, and what is pressed most.
    pub accent: Color,
    /// Its ground.
    pub accent_soft: Color,
    /// Text on it.
    pub on_accent: Color,
    /// Foreground transfers.
    pub foreground: Color,
    /// Their ground.
    pub foreground_soft: Color,
    /// What went wrong.
    pub error: Color,
    /// Its ground.
    pub error_soft: Color,
    /// What is done.
    pub complete: Color,
    /// Its ground.
    pub complete_soft: Color,
    /// What waits.
    pub waiting: Color,
    /// Its ground.
    pub waiting_soft: Color,
    /// What is suspended.
    pub suspended: Color,
    /// Its ground.
    pub suspended_soft: Color,
    /// A chosen row.
    pub selected: Color,
    /// A row, or a button without a ground, under the pointer.
    pub hovered: Color,
    /// Over what a dialog covers.
    pub veil: Color,
}

impl Colors {
    /// The colours of a theme with an accent.
    #[must_use]
    pub fn new(is_dark: bool, accent: Accent) -> Self {
        let (accent, accent_soft, selected) = accented(is_dark, accent);
        Self {
            accent,
            accent_soft,
            selected,
            ..if is_dark { DARK } else { LIGHT }
        }
    }
}

/// The accent, its ground, and a chosen row.
fn accented(is_dark: bool, accent: Accent) -> (Color, Color, Color) {
    let (light, dark) = match accent {
        Accent::Ocean => (
            [0x0B7285, 0xE1F1F4, 0xE6F2F5],
            [0x4CC3D9, 0x12323A, 0x15262D],
        ),
        Accent::Indigo => (
            [0x3B5BDB, 0xE5EAFD, 0xEAEFFD],
            [0x91A7FF, 0x1E2A55, 0x192139],
        ),
        Accent::Violet => (
            [0x7048C8, 0xEEE7FB, 0xF2EDFB],
            [0xB69CFA, 0x2E2252, 0x221D36],
        ),
        Accent::Rose => (
            [0xB02A5B, 0xFBE4EC, 0xFBEAF0],
            [0xF58FB4, 0x421A2B, 0x2C1A23],
        ),
        Accent::Amber => (
            [0x8A5300, 0xFBEED6, 0xFAF2E2],
            [0xF0B95A, 0x3A2B0E, 0x29231A],
        ),
        Accent::Moss => (
            [0x3F7012, 0xE8F3DB, 0xEEF5E4],
            [0x9FD062, 0x233513, 0x1D271A],
        ),
    };
    let [accent, soft, selected] = if is_dark { dark } else { light };
    (rgb(accent), rgb(soft), rgb(selected))
}

fn rgb(hex: u32) -> Color {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color::from_rgb8(red, green, blue)
}

const LIGHT: Colors = Colors {
    background: color!(0xF4F6F8),
    sidebar: color!(0xECEFF3),
    surface: color!(0xFFFFFF),
    raised: color!(0xFFFFFF),
    line: color!(0xDDE2E8),
    text: color!(0x17212B),
    muted: color!(0x5A6775),
    faint: color!(0x8A96A3),
    track: color!(0xE4E8ED),
    accent: color!(0x0B7285),
    accent_soft: color!(0xE1F1F4),
    on_accent: color!(0xFFFFFF),
    foreground: color!(0xA34A06),
    foreground_soft: color!(0xFCEBDD),
    error: color!(0xB3261E),
    error_soft: color!(0xFBE4E2),
    complete: color!(0x1A7040),
    complete_soft: color!(0xE0F3E7),
    waiting: color!(0x7A5B00),
    waiting_soft: color!(0xFAF0CF),
    suspended: color!(0x4E5B69),
    suspended_soft: color!(0xE6EAEF),
    selected: color!(0xE6F2F5),
    hovered: color!(0x17212B, 0.05),
    veil: color!(0x0B1014, 0.45),
};

const DARK: Colors = Colors {
    background: color!(0x0E1419),
    sidebar: color!(0x0B1014),
    surface: color!(0x141B22),
    raised: color!(0x1A232C),
    line: color!(0x26313C),
    text: color!(0xE7EDF3),
    muted: color!(0x9AA8B6),
    faint: color!(0x6D7B89),
    track: color!(0x25303A),
    accent: color!(0x4CC3D9),
    accent_soft: color!(0x12323A),
    on_accent: color!(0x06181C),
    foreground: color!(0xF5A65B),
    foreground_soft: color!(0x3A2714),
    error: color!(0xFF8A80),
    error_soft: color!(0x3D1C1A),
    complete: color!(0x67D391),
    complete_soft: color!(0x163324),
    waiting: color!(0xE9C75A),
    waiting_soft: color!(0x352B0C),
    suspended: color!(0xA9B6C3),
    suspended_soft: color!(0x232D37),
    selected: color!(0x15262D),
    hovered: color!(0xE7EDF3, 0.06),
    veil: color!(0x05080A, 0.62),
};

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(color: Color) -> f32 {
        let [red, green, blue, _] = color.into_linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(text: Color, ground: Color) -> f32 {
        let (a, b) = (luminance(text), luminance(ground));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// WCAG AA, in both themes, with every accent.
    #[test]
    fn words_can_be_read() {
        for is_dark in [false, true] {
            for accent in crate::settings::ACCENTS {
                let all = Colors::new(is_dark, accent);
                let grounds = [
                    all.background,
                    all.sidebar,
                    all.surface,
                    all.raised,
                    all.selected,
                ];
                for ground in grounds {
                    for text in [all.text, all.muted, all.accent, all.error] {
                        let contrast = contrast(text, ground);
                        assert!(
                            contrast >= 4.5,
                            "{is_dark} {accent:?} {text:?} {ground:?} {contrast}"
                        );
                    }
                }
                for (text, ground) in [
                    (all.accent, all.accent_soft),
                    (all.on_accent, all.accent),
                    (all.foreground, all.foreground_soft),
                    (all.error, all.error_soft),
                    (all.complete, all.complete_soft),
                    (all.waiting, all.waiting_soft),
                    (all.suspended, all.suspended_soft),
                ] {
                    let contrast = contrast(text, ground);
                    assert!(
                        contrast >= 4.5,
                        "{is_dark} {accent:?} {text:?} {ground:?} {contrast}"
                    );
                }
            }
        }
    }
}
