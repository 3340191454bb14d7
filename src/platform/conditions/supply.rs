//! What the kernel says of the computer's power supplies.

use std::fs;
use std::path::Path;

/// Where it does.
pub(super) const PLACE: &str = "/sys/class/power_supply";

/// A battery of the computer is being emptied, and no mains are there. (A mouse has a battery,
/// too; that one's scope is a device.)
pub(super) fn on_battery(place: &Path) -> bool {
    let entries = fs::read_dir(place).into_iter().flatten().flatten();
    let mut is_emptied = false;
    for entry in entries {
        let read = |name: &str| {
            let text = fs::read_to_string(entry.path().join(name)).unwrap_or_default();
            text.trim().to_ascii_lowercase()
        };
        match read("type").as_str() {
            "mains" | "usb" if read("online") == "1" => return false,
            "battery" if read("scope") != "device" => is_emptied |= read("status") == "discharging",
            _ => {}
        }
    }
    is_emptied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_battery_that_is_emptied_without_mains() {
        let battery = [("type", "Battery"), ("status", "Discharging")];
        let full = [("type", "Battery"), ("status", "Full")];
        let mouse = [
            ("type", "Battery"),
            ("status", "Discharging"),
            ("scope", "Device"),
        ];
        let (on, off) = (
            [("type", "Mains"), ("online", "1")],
            [("type", "Mains"), ("online", "0")],
        );
        type Supply<'a> = &'a [(&'a str, &'a str)];
        let tables: [(&[Supply<'_>], bool); 7] = [
            (&[], false),
            (&[&battery], true),
            (&[&battery, &off], true),
            (&[&battery, &on], false),
            (&[&full, &off], false),
            (&[&full, &battery], true),
            (&[&mouse, &full], false),
        ];
        for (supplies, expected) in tables {
            let place = tempfile::tempdir().unwrap();
            for (number, files) in supplies.iter().enumerate() {
                let folder = place.path().join(number.to_string());
                fs::create_dir(&folder).unwrap();
                for (name, text) in *files {
                    fs::write(folder.join(name), format!("{text}\n")).unwrap();
                }
            }
            assert_eq!(on_battery(place.path()), expected, "{supplies:?}");
        }
        assert!(!on_battery(Path::new("/nowhere/at/all")));
    }
}
