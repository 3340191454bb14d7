//! The sections, drawn.

mod accent;
mod block;

use iced::widget::{column, row};
use iced::{Center, Element};

pub(super) use block::{EDGE, banner, inset, stacked};

use super::{Around, Change, Field, Message, Number, Section, State};
use crate::app::icon::Icon;
use crate::app::look::Look;
use crate::app::widget::button::{Kind, labelled, text_button};
use crate::app::widget::{choice, field, toggle};
use crate::settings::{Begin, Density, OnConflict, OnStart, Proxy, Renderer, Settings, Theme};
use crate::words::i18n::LANGUAGES;
use crate::words::{Key, Language, key, say};
use block::{fields, number, text_size, wrong};

type Page<'a> = Element<'a, Message>;

/// The fields of the section that is looked at.
pub(super) fn of<'a>(state: &'a State, around: Around<'a>, look: Look) -> Page<'a> {
    let settings = around.settings;
    match state.section {
        Section::Downloads => downloads(state, settings, look),
        Section::Network => network(state, settings, look),
        Section::Limits => state
            .limits
            .view(around.snapshot, look)
            .map(Message::Limits),
        Section::Times => times(state, around, look),
        Section::Notifications => notifications(settings, look),
        Section::Appearance => appearance(settings, look),
        Section::Language => language(settings, look),
        Section::Startup => startup(settings, look),
        Section::Queue => queue(look),
    }
}

fn downloads<'a>(state: &'a State, settings: &'a Settings, look: Look) -> Page<'a> {
    let downloads = &settings.downloads;
    let begin = [
        (Begin::Background, say!(look, "setting-begin-background")),
        (Begin::Foreground, say!(look, "setting-begin-foreground")),
        (Begin::Suspended, say!(look, "setting-begin-suspended")),
    ];
    let rules = [
        (OnConflict::Rename, say!(look, "setting-conflict-rename")),
        (
            OnConflict::Overwrite,
            say!(look, "setting-conflict-overwrite"),
        ),
        (OnConflict::Skip, say!(look, "setting-conflict-skip")),
        (OnConflict::Fail, say!(look, "setting-conflict-fail")),
    ];
    let begin = choice(look, begin, downloads.begin, |it| {
        Message::Set(Change::Begin(it))
    });
    let rule = choice(look, rules, downloads.on_conflict, |it| {
        Message::Set(Change::OnConflict(it))
    });
    fields([
        stacked(look, key!("setting-folder"), folder(state, settings, look)),
        stacked(look, key!("setting-begin"), begin),
        stacked(look, key!("setting-conflict"), rule),
        number(
            state,
            settings,
            look,
            Number::Parallel,
            key!("setting-parallel"),
        ),
        number(
            state,
            settings,
            look,
            Number::Connections,
            key!("setting-connections"),
        ),
        number(state, settings, look, Number::PerHost, key!("setting-host")),
    ])
}

fn folder<'a>(state: &'a State, settings: &'a Settings, look: Look) -> Page<'a> {
    let error = wrong(state, settings, Field::Folder);
    let text = block::shown(state, settings, Field::Folder);
    let input = field::input(look, &state.usual_folder(), &text, error.is_some())
        .id("settings.folder")
        .on_input(|text| Message::Typed(Field::Folder, text));
    let choose = text_button(look, Kind::Plain, say!(look, "setting-folder-choose"))
        .on_press(Message::ChooseFolder);
    let input = row![input, choose].spacing(8).align_y(Center);
    column![input]
        .push(block::error(error, look))
        .spacing(5)
        .into()
}

fn network<'a>(state: &'a State, settings: &'a Settings, look: Look) -> Page<'a> {
    let (connect, stall) = (Number::ConnectTimeout, Number::StallTimeout);
    fields([
        stacked(look, key!("setting-proxy"), proxy(state, settings, look)),
        number(
            state,
            settings,
            look,
            connect,
            key!("setting-connect-timeout"),
        ),
        number(state, settings, look, stall, key!("setting-stall-timeout")),
    ])
}

/// Which of the three, as it is chosen.
#[derive(Clone, Copy, PartialEq)]
enum Which {
    System,
    None,
    Own,
}

fn proxy<'a>(state: &'a State, settings: &'a Settings, look: Look) -> Page<'a> {
    let which = match &settings.network.proxy {
        _ if state.drafts.contains_key(&Field::Proxy) => Which::Own,
        Proxy::System => Which::System,
        Proxy::None => Which::None,
        Proxy::Url(_) => Which::Own,
    };
    let options = [
        (Which::System, say!(look, "setting-proxy-system")),
        (Which::None, say!(look, "setting-proxy-none")),
        (Which::Own, say!(look, "setting-proxy-own")),
    ];
    let choice = choice(look, options, which, |which| match which {
        Which::System => Message::Set(Change::Proxy(Proxy::System)),
        Which::None => Message::Set(Change::Proxy(Proxy::None)),
        Which::Own => Message::OwnProxy,
    });
    let url = (which == Which::Own).then(|| proxy_url(state, settings, look));
    column![choice].push(url).spacing(12).into()
}

fn proxy_url<'a>(state: &'a State, settings: &'a Settings, look: Look) -> Page<'a> {
    let error = wrong(state, settings, Field::Proxy);
    let text = block::shown(state, settings, Field::Proxy);
    let input = field::input(
        look,
        "socks5h://proxy.example.org:1080",
        &text,
        error.is_some(),
    )
    .id("settings.proxy")
    .on_input(|text| Message::Typed(Field::Proxy, text))
    .on_submit(Message::Entered(Field::Proxy));
    let is_new = error.is_none() && text != Field::Proxy.text(settings);
    let apply = is_new.then(|| {
        text_button(look, Kind::Plain, say!(look, "details-apply"))
            .on_press(Message::Entered(Field::Proxy))
    });
    let note = settings.network.proxy.has_password().then(|| {
        let note = say!(look, "setting-proxy-password");
        block::muted(note, look)
    });
    column![row![input].push(apply).spacing(8)]
        .push(block::error(error, look))
        .push(note)
        .spacing(5)
        .into()
}

fn times<'a>(state: &'a State, around: Around<'a>, look: Look) -> Page<'a> {
    let waits = around.settings.background;
    let metered = switch(
        look,
        key!("setting-metered"),
        waits.wait_on_metered,
        Change::WaitOnMetered,
    );
    let battery = switch(
        look,
        key!("setting-battery"),
        waits.wait_on_battery,
        Change::WaitOnBattery,
    );
    let hours = state.times.view(around.snapshot, around.now, look);
    column![
        hours.map(Message::Times),
        column![metered, battery].spacing(12)
    ]
    .spacing(20)
    .into()
}

fn notifications<'a>(settings: &Settings, look: Look) -> Page<'a> {
    let told = settings.notifications;
    let done = switch(look, key!("setting-notify-done"), told.done, Change::Done);
    let error = switch(
        look,
        key!("setting-notify-error"),
        told.error,
        Change::Error,
    );
    column![done, error].spacing(12).into()
}

fn appearance<'a>(settings: &Settings, look: Look) -> Page<'a> {
    let chosen = settings.appearance;
    let themes = [
        (Theme::System, say!(look, "setting-theme-system")),
        (Theme::Light, say!(look, "setting-theme-light")),
        (Theme::Dark, say!(look, "setting-theme-dark")),
    ];
    let densities = [
        (
            Density::Comfortable,
            say!(look, "setting-density-comfortable"),
        ),
        (Density::Compact, say!(look, "setting-density-compact")),
    ];
    let renderers = [
        (Renderer::Software, say!(look, "setting-renderer-software")),
        (Renderer::Graphics, say!(look, "setting-renderer-graphics")),
    ];
    let theme = choice(look, themes, chosen.theme, |it| {
        Message::Set(Change::Theme(it))
    });
    let density = choice(look, densities, chosen.density, |it| {
        Message::Set(Change::Density(it))
    });
    let renderer = choice(look, renderers, chosen.renderer, |it| {
        Message::Set(Change::Renderer(it))
    });
    fields([
        stacked(look, key!("setting-theme"), theme),
        stacked(
            look,
            key!("setting-accent"),
            accent::swatches(chosen.accent, look),
        ),
        text_size(settings, look),
        stacked(look, key!("setting-density"), density),
        stacked(look, key!("setting-renderer"), renderer),
    ])
}

fn language<'a>(settings: &Settings, look: Look) -> Page<'a> {
    let chosen = settings.language.as_ref().map(Language::of_tag);
    let button = |label: String, language: Option<Language>| {
        let change = Message::Set(Change::Language(language));
        let button = if chosen == language.map(Some) {
            labelled(look, Kind::Chosen, Icon::Check, label)
        } else {
            text_button(look, Kind::Quiet, label).padding([8, 36])
        };
        button.width(280).height(36).on_press(change).into()
    };
    let system = button(say!(look, "setting-language-system"), None);
    let all = LANGUAGES.map(|language| button(language.own_name(), Some(language)));
    let list = column([system]).extend(all).spacing(2);
    fields([stacked(look, key!("setting-language"), list)])
}

fn startup<'a>(settings: &Settings, look: Look) -> Page<'a> {
    let startup = settings.startup;
    let options = [
        (OnStart::Continue, say!(look, "setting-start-continue")),
        (OnStart::Suspended, say!(look, "setting-start-suspended")),
    ];
    let on_start = choice(look, options, startup.on_start, |it| {
        Message::Set(Change::OnStart(it))
    });
    let watches = startup.watch_clipboard;
    fields([
        stacked(look, key!("setting-start"), on_start),
        switch(
            look,
            key!("setting-clipboard"),
            watches,
            Change::WatchClipboard,
        ),
    ])
}

fn queue<'a>(look: Look) -> Page<'a> {
    let button =
        |icon, key, message| labelled(look, Kind::Plain, icon, look.say(key)).on_press(message);
    let export = button(Icon::Upload, key!("setting-export-button"), Message::Export);
    let import = button(
        Icon::Download,
        key!("setting-import-button"),
        Message::Import,
    );
    fields([
        stacked(look, key!("setting-export"), export),
        stacked(look, key!("setting-import"), import),
    ])
}

fn switch<'a>(look: Look, key: Key, is_on: bool, change: fn(bool) -> Change) -> Page<'a> {
    let explanation = look.language.hint_with(key, &[]);
    toggle(look, look.say(key), explanation, is_on, |is_on| {
        Message::Set(change(is_on))
    })
}
