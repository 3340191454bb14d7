//! What a row says of a group besides its sums.

use super::super::{Facts, file_name, files, first_name};
use super::world::{file, file_id, group, holding, with_path};
use crate::app::icon::Icon;

#[test]
fn kind_and_servers_of_a_group() {
    let table: [(&[&str], Icon, &str, usize); 6] = [
        (
            &["https://debian.org/a.iso", "https://debian.org/b.ISO"],
            Icon::Disc,
            "debian.org",
            1,
        ),
        (
            &["https://b.org/a.iso", "https://a.org/b.zip"],
            Icon::Layers,
            "b.org",
            2,
        ),
        (
            &["http://b.org:8080/a.mp4", "http://b.org/b.mp4"],
            Icon::Film,
            "b.org:8080",
            2,
        ),
        (
            &["https://me:secret@b.org/a.mp3?token=x"],
            Icon::Music,
            "b.org",
            1,
        ),
        (&["https://b.org/"], Icon::File, "b.org", 1),
        (&[], Icon::Layers, "", 0),
    ];
    for (links, icon, host, hosts) in table {
        let of = links
            .iter()
            .map(|link| file(file_id(1, 0, 0), link))
            .collect();
        let facts = Facts::of(&holding(1, "", vec![of]));
        assert_eq!(
            (facts.icon, facts.host.as_str(), facts.hosts),
            (icon, host, hosts),
            "{links:?}"
        );
    }
}

#[test]
fn a_file_is_called_as_on_the_disk_as_chosen_or_as_the_link_ends() {
    let plain = file(file_id(1, 0, 0), "https://b.org/pool/na%20me.iso?x=1");
    assert_eq!(file_name(&plain), "na me.iso");
    assert_eq!(
        file_name(&with_path(plain.clone(), "/home/me/Real.iso")),
        "Real.iso"
    );
    let mut named = plain;
    let mut source = (*named.source).clone();
    source.name = Some("Chosen.iso".into());
    named.source = source.into();
    assert_eq!(file_name(&named), "Chosen.iso");
    assert_eq!(
        file_name(&file(file_id(1, 0, 0), "https://b.org:81/")),
        "b.org:81"
    );
}

#[test]
fn files_come_in_order_through_jobs_and_chunks() {
    let group = group(1, "", &[300, 0, 2]);
    let ids: Vec<_> = files(&group).map(|file| file.id).collect();
    assert_eq!(ids.len(), 302);
    assert_eq!(
        (ids[0], ids[299], ids[301]),
        (file_id(1, 0, 0), file_id(1, 0, 299), file_id(1, 2, 1))
    );
    assert_eq!(first_name(&group).as_deref(), Some("0.iso"));
}
