use iced::keyboard::key::Named;
use iced_test::Simulator;
use iced_test::futures::futures::StreamExt;
use iced_test::runtime;
use iced_test::selector::id;
use tempfile::TempDir;

use super::more::Field;
use super::*;
use crate::app::look::{self, Look};
use crate::download::{Failure, State as FileState};
use crate::queue::{ConflictRule, NewJob, Priority, Properties};
use crate::settings::{Accent, Density};
use crate::words::Language;

const SHA: &str = "sha-256=e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// A dialog with a folder of its own, whose questions are answered as they are asked.
struct Bench {
    state: State,
    queue: Snapshot,
    place: TempDir,
    runtime: tokio::runtime::Runtime,
}

impl Bench {
    fn new(text: &str) -> Self {
        Self::beside(Snapshot::default(), text)
    }

    fn beside(queue: Snapshot, text: &str) -> Self {
        let place = tempfile::tempdir().unwrap();
        let mut settings = Settings::default();
        settings.downloads.folder = Some(place.path().to_owned().try_into().unwrap());
        let (state, task) = State::new(&settings, text.to_owned(), &queue);
        let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
        let mut bench = Self {
            state,
            queue,
            place,
            runtime,
        };
        bench.run(task);
        bench
    }

    /// Waits for what was asked, and for what is asked because of the answers.
    fn run(&mut self, task: Task<Message>) {
        let Some(mut answers) = runtime::task::into_stream(task) else {
            return;
        };
        while let Some(answer) = self.runtime.block_on(answers.next()) {
            if let runtime::Action::Output(message) = answer {
                self.say(message);
            }
        }
    }

    /// Something happens; what is to be waited for is waited for.
    fn say(&mut self, message: Message) -> Action {
        match self.state.update(message, &self.queue) {
            Action::Run(task) => {
                self.run(task);
                Action::None
            }
            action => action,
        }
    }

    fn paste(&mut self, text: &str) {
        let edit = Edit::Paste(Arc::new(text.to_owned()));
        self.say(Message::Edited(text_editor::Action::Edit(edit)));
    }

    fn fill(&mut self, field: Field, text: &str) {
        self.say(Message::More(more::Message::Typed(field, text.to_owned())));
    }

    fn links(&self) -> Vec<&str> {
        self.state
            .reading
            .lines
            .links
            .iter()
            .map(crate::download::Link::expose)
            .collect()
    }

    /// What is added, if it can be.
    fn added(&mut self) -> Option<(Properties, NewJob, bool)> {
        match self.say(Message::Submit) {
            Action::Add(commands) => match <[Command; 1]>::try_from(commands) {
                Ok(
                    [
                        Command::Add {
                            into: None,
                            id: None,
                            properties,
                            job,
                            start,
                        },
                    ],
                ) => {
                    assert!(self.state.is_ready());
                    Some((properties, job, start))
                }
                other => panic!("{other:?}"),
            },
            _ => {
                assert!(!self.state.is_ready());
                None
            }
        }
    }

    fn ui(&self) -> Simulator<'_, Message> {
        let settings = iced::Settings {
            default_font: look::REGULAR,
            fonts: crate::app::fonts(),
            ..Default::default()
        };
        let look = Look::new(
            false,
            Accent::Ocean,
            Density::Comfortable,
            Language::English,
        );
        Simulator::with_size(settings, (572.0, 1_000.0), self.state.view(1_000.0, look))
    }

    fn shows(&self, text: &str) -> bool {
        self.ui().find(text).is_ok()
    }

    /// A person does something, and it happens.
    fn person(&mut self, acts: impl FnOnce(&mut Simulator<'_, Message>)) {
        let mut ui = self.ui();
        acts(&mut ui);
        let messages: Vec<_> = ui.into_messages().collect();
        messages
            .into_iter()
            .for_each(|message| drop(self.say(message)));
    }

    fn click(&mut self, label: &str) {
        self.person(|ui| {
            ui.click(label)
                .unwrap_or_else(|error| panic!("{label}: {error:?}"));
        });
    }
}

#[test]
fn links_are_typed_counted_and_added() {
    let mut bench = Bench::new("");
    assert!(bench.shows("Add") && bench.added().is_none());
    bench.person(|ui| {
        ui.click(id(LINKS)).unwrap();
        ui.typewrite("http://h/a.iso");
        ui.tap_key(Named::Enter);
        ui.typewrite("http://h/[1-3]");
    });
    assert!(bench.shows("4 links") && bench.shows("Add 4 downloads"));
    let (properties, job, start) = bench.added().unwrap();
    let urls: Vec<_> = job.files.iter().map(|file| file.link.expose()).collect();
    assert_eq!(
        urls,
        ["http://h/a.iso", "http://h/1", "http://h/2", "http://h/3"]
    );
    assert_eq!(job.options.folder, bench.place.path());
    assert_eq!((properties.priority, start), (Priority::Normal, true));
    assert_eq!(properties.name, "");
}

#[test]
fn lines_that_are_no_links_are_named_and_left_out() {
    let mut bench = Bench::new("http://h/1\n\nhtp:/broken.example\nhttp://h/1");
    assert!(bench.shows("1 link") && bench.shows("1 of them twice"));
    assert!(bench.shows("line 3 was not understood: the scheme htp is not supported"));
    assert!(bench.shows("Add 1 download"));
    assert_eq!(bench.added().unwrap().1.files.len(), 1);

    bench.paste(&"nothing\n".repeat(30));
    assert!(bench.shows("31 lines were not understood"));
    assert!(!bench.shows("line 9: the URL has no scheme"));
    bench.click("Show more of these lines");
    assert!(bench.shows("line 9: the URL has no scheme") && bench.shows("and 11 more"));
    bench.click("Show fewer of these lines");
    assert!(!bench.shows("line 9: the URL has no scheme"));
}

#[test]
fn what_is_given_is_there_from_the_beginning() {
    for (text, links) in [
        ("", 0),
        ("  \n", 0),
        ("http://h/1", 1),
        ("http://h/1\nhttp://h/2\n", 2),
    ] {
        let mut bench = Bench::new(text);
        assert_eq!(bench.links().len(), links, "{text:?}");
        assert_eq!(bench.added().is_some(), links > 0, "{text:?}");
    }
}

#[test]
fn what_comes_from_elsewhere_is_put_below() {
    let mut bench = Bench::new("http://h/1");
    bench.say(Message::Pasted("http://h/2\r\nhttp://h/3".into()));
    let list = bench.place.path().join("list.txt");
    std::fs::write(&list, "# mine\nhttp://h/4\n").unwrap();
    bench.say(Message::FileDropped(list.clone()));
    assert_eq!(
        bench.links(),
        ["http://h/1", "http://h/2", "http://h/3", "http://h/4"]
    );

    std::fs::write(&list, b"PNG\0\0").unwrap();
    bench.say(Message::FileDropped(list));
    assert!(bench.shows("list.txt is not a text: drop a list of links, one a line"));
    assert_eq!(bench.links().len(), 4);
    bench.paste("\nhttp://h/5");
    assert!(bench.shows("5 links"));
}

#[test]
fn the_way_to_begin() {
    for (way, priority, start, explanation) in [
        (
            "In the background",
            Priority::Low,
            true,
            "Uses only what nobody else is using; you can change it at any time",
        ),
        (
            "Foreground",
            Priority::Foreground,
            true,
            "As fast as it can, beside everything else; you can change it at any time",
        ),
        (
            "Suspended",
            Priority::Low,
            false,
            "Nothing is transferred until you resume it",
        ),
    ] {
        let mut bench = Bench::new("http://h/1");
        bench.say(Message::More(more::Message::Priority(Priority::Low)));
        bench.click(way);
        assert!(bench.shows(explanation), "{way}");
        let (properties, _, starts) = bench.added().unwrap();
        assert_eq!((properties.priority, starts), (priority, start), "{way}");
    }
}

#[test]
fn a_folder_is_answered_at_its_field() {
    let mut bench = Bench::new("http://h/1");
    let file = bench.place.path().join("file");
    std::fs::write(&file, "").unwrap();
    let text = |path: &std::path::Path| path.to_string_lossy().into_owned();
    let below = bench.place.path().join("new/folder");
    for (folder, mistake) in [
        (
            "Downloads".to_owned(),
            Some("the folder's path has no beginning: give the whole path"),
        ),
        (
            String::new(),
            Some("the folder's path has no beginning: give the whole path"),
        ),
        (
            text(&file),
            Some("a part of the folder's path is a file: choose another folder"),
        ),
        (text(&below), None),
    ] {
        bench.say(Message::Folder(folder.clone()));
        assert_eq!(bench.added().is_none(), mistake.is_some(), "{folder}");
        if let Some(mistake) = mistake {
            assert!(bench.shows(mistake), "{folder}");
        }
    }
    assert_eq!(bench.added().unwrap().1.options.folder, below);
    assert!(!below.exists(), "looking makes nothing");
    bench.say(Message::FolderChosen(None));
    assert_eq!(bench.added().unwrap().1.options.folder, below);
    bench.say(Message::FolderChosen(Some(bench.place.path().to_owned())));
    assert_eq!(bench.added().unwrap().1.options.folder, bench.place.path());
}

/// Until the disk has spoken of this very folder nothing is added.
#[test]
fn an_answer_about_another_folder_is_none() {
    let mut bench = Bench::new("http://h/1");
    let before = bench.state.survey.clone();
    let other = bench
        .place
        .path()
        .join("other")
        .to_string_lossy()
        .into_owned();
    let Action::Run(asked) = bench.state.update(Message::Folder(other), &bench.queue) else {
        panic!("the disk is asked");
    };
    assert!(bench.added().is_none());
    assert!(before.is_some() && bench.state.survey == before);
    bench.run(asked);
    assert!(bench.added().is_some());
}

#[test]
fn what_the_queue_has_is_left_out_unless_wanted() {
    let queue = scene::queue(&[
        ("http://h/runs", FileState::Transferring),
        ("http://h/done", FileState::Complete),
    ]);
    let mut bench = Bench::beside(queue, "http://h/runs\nhttp://h/done\nhttp://h/new");
    let added = |bench: &mut Bench| -> Vec<String> {
        let files = bench
            .added()
            .map(|(_, job, _)| job.files)
            .unwrap_or_default();
        files
            .iter()
            .map(|file| file.link.expose()["http://h/".len()..].to_owned())
            .collect()
    };
    assert!(bench.shows("Add 2 downloads"));
    assert_eq!(added(&mut bench), ["done", "new"]);
    bench.click("1 of these links is in the queue already");
    assert_eq!(added(&mut bench), ["runs", "done", "new"]);
    bench.click("1 of these links has been downloaded before");
    assert_eq!(added(&mut bench), ["runs", "new"]);

    let queue = scene::queue(&[("http://h/runs", FileState::Error)]);
    let mut alone = Bench::beside(queue, "http://h/runs");
    assert!(alone.added().is_none());
}

#[test]
fn names_that_are_taken_are_told_of() {
    let mut bench = Bench::new("");
    std::fs::write(bench.place.path().join("a.iso"), "").unwrap();
    bench.paste("http://h/a.iso");
    for (rule, note) in [
        (
            ConflictRule::Rename,
            "1 file of this name is in the folder already; the new one gets another name",
        ),
        (
            ConflictRule::Overwrite,
            "1 file of this name is in the folder already; it will be replaced",
        ),
        (
            ConflictRule::Skip,
            "1 file of this name is in the folder already; it stays, and is not downloaded again",
        ),
        (
            ConflictRule::Fail,
            "1 file of this name is in the folder already; its download will fail",
        ),
    ] {
        bench.say(Message::More(more::Message::OnConflict(rule)));
        assert!(bench.shows(note), "{rule:?}");
        assert_eq!(bench.added().unwrap().1.options.on_conflict, rule);
    }
}

#[test]
fn the_rest_opens_and_arrives() {
    let mut bench = Bench::new("http://h/1");
    assert!(!bench.shows("Connections a file"));
    bench.click("More: connections, sign-in, headers, checksum, limit, name conflicts");
    assert!(bench.shows("Connections a file") && bench.shows("Priority in the background"));
    for (field, text) in [
        (Field::Connections, "3"),
        (Field::Parallel, "4"),
        (Field::Limit, "2M"),
        (Field::User, "ann"),
        (Field::Password, " pw"),
        (Field::Checksum, SHA),
    ] {
        bench.fill(field, text);
    }
    let headers = Edit::Paste(Arc::new("X-Key: 1\nReferer: http://h/".to_owned()));
    bench.say(Message::More(more::Message::Headers(
        text_editor::Action::Edit(headers),
    )));
    bench.say(Message::Name(" Mine ".into()));
    let (properties, job, _) = bench.added().unwrap();
    assert_eq!(properties.name, "Mine");
    assert_eq!(
        (properties.connections, properties.parallel),
        (Some(3), Some(4))
    );
    assert_eq!(properties.limit, Some(2 << 20));
    let credentials = properties.credentials.unwrap();
    assert_eq!(
        (credentials.user.as_str(), credentials.password.as_str()),
        ("ann", " pw")
    );
    assert_eq!(job.options.headers.len(), 2);
    assert!(job.files[0].checksum.is_some());
    assert!(!format!("{:?}", bench.state).contains("pw"));
}

#[test]
fn a_mistake_in_the_rest_is_shown_even_if_it_is_closed() {
    for (field, text, mistake) in [
        (
            Field::Connections,
            "65",
            "this is not a whole number from 1 to 64: give one from 1 to 64",
        ),
        (
            Field::Parallel,
            "x",
            "this is not a whole number from 1 to 256: give one from 1 to 256",
        ),
        (
            Field::Limit,
            "fast",
            "this is not a speed: write it like 500k or 2M, in bytes a second",
        ),
        (
            Field::Password,
            "pw",
            "a password without a user: give the user, too",
        ),
        (
            Field::Checksum,
            "abc",
            "this is not a checksum: write it like sha-256=HEX",
        ),
    ] {
        let mut bench = Bench::new("http://h/1");
        bench.fill(field, text);
        assert!(bench.shows(mistake) && bench.added().is_none(), "{field:?}");
        bench.fill(field, "");
        assert!(
            !bench.shows(mistake) && bench.added().is_some(),
            "{field:?}"
        );
    }
    let mut bench = Bench::new("http://h/1");
    let header = Edit::Paste(Arc::new("none".to_owned()));
    bench.say(Message::More(more::Message::Headers(
        text_editor::Action::Edit(header),
    )));
    assert!(bench.shows("a header without a colon: write it like Name: value"));
    assert!(bench.added().is_none());
}

#[test]
fn a_checksum_is_for_one_link() {
    let mut bench = Bench::new("http://h/1");
    bench.fill(Field::Checksum, SHA);
    assert!(bench.added().is_some());
    bench.say(Message::Pasted("http://h/2".into()));
    assert!(bench.shows("one checksum for several files: leave it out, or give one link only"));
    assert!(bench.added().is_none());
}

#[test]
fn a_name_that_is_too_long_is_refused() {
    let mut bench = Bench::new("http://h/1");
    bench.say(Message::Name("x".repeat(257)));
    assert!(bench.shows("this is longer than 256 characters: shorten it"));
    assert!(bench.added().is_none());
}

#[test]
fn keys_add_and_buttons_close() {
    let mut bench = Bench::new("http://h/1");
    let mut ui = bench.ui();
    ui.click(id(LINKS)).unwrap();
    let modifiers = iced::keyboard::Modifiers::COMMAND;
    ui.simulate([iced::Event::Keyboard(
        iced::keyboard::Event::ModifiersChanged(modifiers),
    )]);
    let enter = iced::keyboard::Key::Named(Named::Enter);
    ui.simulate([iced::Event::Keyboard(iced::keyboard::Event::KeyPressed {
        key: enter.clone(),
        modified_key: enter,
        physical_key: iced::keyboard::key::Physical::Code(iced::keyboard::key::Code::Enter),
        location: iced::keyboard::Location::Standard,
        modifiers,
        text: None,
        repeat: false,
    })]);
    assert!(
        ui.into_messages()
            .any(|message| matches!(message, Message::Submit))
    );
    let mut ui = bench.ui();
    ui.click("Cancel").unwrap();
    assert!(
        ui.into_messages()
            .any(|message| matches!(message, Message::Close))
    );
    assert!(matches!(bench.say(Message::Close), Action::Close));
}

/// While much is read nothing can be added, and what is typed meanwhile is read after it.
#[test]
fn much_is_read_elsewhere_and_never_left_half() {
    let mut bench = Bench::new("");
    let text = "http://example.org/some/where/file.bin?number=1\n".repeat(1_000)
        + "http://example.org/[1-100000]";
    let edit = text_editor::Action::Edit(Edit::Paste(Arc::new(text)));
    let Action::Run(first) = bench.state.update(Message::Edited(edit), &bench.queue) else {
        panic!("it is read elsewhere");
    };
    assert!(bench.shows("Reading…") && bench.added().is_none());
    bench.paste("\nhttp://h/last");
    assert!(bench.links().is_empty());
    bench.run(first);
    assert_eq!(bench.links().len(), 100_002);
    assert!(bench.shows("Add 100,002 downloads"));
    assert_eq!(bench.added().unwrap().1.files.len(), 100_002);
}

/// A long list is never laid out: a paste of 100,000 lines is as quick as one of few.
#[test]
fn long_lists_stand_aside() {
    let mut bench = Bench::new("http://h/first");
    let text: String = (0..100_000)
        .map(|n| format!("https://example.org/data/part-{n}.bin\n"))
        .collect();
    bench.paste(&text);
    assert_eq!(bench.state.content.line_count(), 2);
    assert_eq!(bench.links().len(), 100_001);
    assert!(bench.shows("and a list of 4.0 MB that is too long to be shown here"));
    bench.paste("htp:/x");
    assert!(bench.shows("line 2 was not understood: the scheme htp is not supported"));
    bench.click("Remove the list");
    assert_eq!(bench.links(), ["http://h/first"]);

    let mut given = Bench::new(&text);
    assert_eq!(given.added().unwrap().1.files.len(), 100_000);
}

#[test]
fn a_folder_that_refuses_files_is_told_of() {
    let mut bench = Bench::new("http://h/1");
    let folder = bench.state.path().unwrap();
    let survey = |failure| Survey {
        folder: folder.clone(),
        failure,
        free: Some(412_000_000_000),
        taken: 0,
    };
    bench.say(Message::Surveyed(survey(Some(Failure::PermissionDenied))));
    assert!(bench.shows(
        "this folder may not be written to: choose another folder, or change its permissions"
    ));
    assert!(bench.added().is_none());
    bench.say(Message::Surveyed(survey(None)));
    assert!(bench.added().is_some() && bench.shows("412 GB free"));
}
