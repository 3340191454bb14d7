//! A group, a job or a file with all that is known of it, for people.

use jiff::Timestamp;

use super::layout::facts;
use super::progress::name as file_name;
use super::table::{self, state_word};
use super::terminal::Page;
use crate::download::State;
use crate::queue::snapshot::{Problem, Summary, Waiting};
use crate::queue::{FileView, Flags, GroupView, JobView, Notify, Priority, Properties};
use crate::words::clean::clean_whole;
use crate::words::explain::explain;
use crate::words::moment::moment;
use crate::words::{Explained, Language, format, key, say, status};

type Facts = Vec<(String, String)>;

/// How something is shown.
#[derive(Debug, Clone, Copy)]
pub struct Teller {
    /// What it is laid out for.
    pub page: Page,
    /// The person's.
    pub language: Language,
    /// The time of day.
    pub now: Timestamp,
}

impl Teller {
    /// A group: its name, what is known of it, and its files.
    pub fn group(&self, group: &GroupView) -> Vec<String> {
        let language = self.language;
        let mut known = vec![
            (say!(language, "property-id"), group.id.to_string()),
            (
                say!(language, "queue-state"),
                self.state(group.state, group.waiting),
            ),
        ];
        known.extend(self.flags(group.status));
        known.extend(self.sums(&group.summary));
        known.extend(self.courtesy(group));
        known.extend(self.problem(group.error.as_ref()));
        known.extend(self.properties(&group.properties));
        let when = |then| moment(self.now, then, language);
        known.push((say!(language, "property-created"), when(group.created)));
        if let Some(completed) = group.completed {
            known.push((say!(language, "details-completed"), when(completed)));
        }
        let mut lines = vec![table::name(group, language)];
        lines.extend(facts(&known, self.page));
        let digits = table::digits_for(table::ids_of(group));
        for job in group.jobs.iter() {
            lines.push(String::new());
            if group.jobs.len() > 1 {
                lines.push(self.job_line(job));
            }
            lines.extend(table::files(job, digits, self.page, language));
        }
        lines
    }

    /// Which job it is, where there are several: `3c4d…  Complete  2 files`.
    fn job_line(&self, job: &JobView) -> String {
        let state = status::state(job.state, self.language);
        let files = status::files(&job.summary, self.language);
        format!("{}  {state}  {files}", job.id)
    }

    /// A job: what is known of it, and its files.
    pub fn job(&self, job: &JobView) -> Vec<String> {
        let language = self.language;
        let mut known = vec![
            (say!(language, "property-id"), job.id.to_string()),
            (say!(language, "queue-state"), self.state(job.state, None)),
        ];
        known.extend(self.flags(job.status));
        known.extend(self.sums(&job.summary));
        let mut lines = facts(&known, self.page);
        lines.push(String::new());
        let digits = table::digits_for(1 + job.summary.files_total);
        lines.extend(table::files(job, digits, self.page, language));
        lines
    }

    /// A file: its name, and what is known of it.
    pub fn file(&self, file: &FileView) -> Vec<String> {
        let language = self.language;
        let link = &file.source.link;
        let mut known = vec![
            (say!(language, "property-id"), file.id.to_string()),
            (
                say!(language, "queue-state"),
                self.state(file.state, file.waiting),
            ),
            (say!(language, "details-from"), link.without_password()),
        ];
        if let Some(path) = &file.path {
            let path = clean_whole(&path.to_string_lossy());
            known.push((say!(language, "details-to"), path));
        }
        let amount = status::amount(file.bytes, file.size, language);
        known.push((say!(language, "details-size"), amount));
        if file.connections > 0 {
            let connections = say!(language, "details-connections", count = file.connections);
            known.push((say!(language, "property-connections"), connections));
        }
        if let Some(resumable) = file.resumable {
            let scheme = link.url().scheme().to_owned();
            let key = if resumable {
                key!("details-resumable", scheme)
            } else {
                key!("details-not-resumable", scheme)
            };
            let how = language.say_with(key, &[("scheme", scheme.into())]);
            known.push((say!(language, "details-server"), how));
        }
        known.extend(self.problem(file.error.as_deref()));
        let mut lines = vec![file_name(file)];
        lines.extend(facts(&known, self.page));
        lines
    }

    /// `Waiting: trying again, next try in 12 s`.
    fn state(&self, state: State, waiting: Option<Waiting>) -> String {
        let word = state_word(state, waiting, self.language);
        let until = waiting.and_then(|waiting| status::countdown(waiting, self.now, self.language));
        match until {
            Some(until) => format!("{word}, {until}"),
            None => word,
        }
    }

    /// The words of JSON; a cancelled group has none.
    fn flags(&self, flags: Flags) -> Option<(String, String)> {
        let words: Vec<&str> = flags.words().collect();
        let label = say!(self.language, "queue-flags");
        (!words.is_empty()).then(|| (label, words.join(" ")))
    }

    fn sums(&self, summary: &Summary) -> Facts {
        let language = self.language;
        let progress = summary.progress;
        let percent = progress.percent.map(|part| format::percent(part, language));
        let amount = status::amount(progress.bytes, summary.size, language);
        let pace = status::pace(summary.bytes_per_second, progress.seconds_left, language);
        let parts = [percent, Some(amount), pace].into_iter().flatten();
        let parts: Vec<String> = parts.collect();
        vec![
            (
                say!(language, "details-files"),
                status::files(summary, language),
            ),
            (say!(language, "sort-progress"), parts.join(" · ")),
        ]
    }

    /// What it does that takes only what is free, and the delay it sees.
    fn courtesy(&self, group: &GroupView) -> Facts {
        // (What stops has a line for a moment longer.)
        let Some(courtesy) = group.courtesy.filter(|_| group.state.is_running()) else {
            return Facts::new();
        };
        let language = self.language;
        let rate = group.summary.bytes_per_second;
        let does = status::courtesy(courtesy, rate, None, language);
        let does = does.unwrap_or_else(|| say!(language, "courtesy-blind"));
        let delay = status::delay(courtesy, language);
        let delay = delay.map(|delay| (say!(language, "details-delay"), delay));
        std::iter::once((String::new(), does))
            .chain(delay)
            .collect()
    }

    /// What went wrong, with which URL, how often, and what to try.
    fn problem(&self, problem: Option<&Problem>) -> Facts {
        let Some(problem) = problem else {
            return Facts::new();
        };
        let language = self.language;
        let Explained { message, hint } = explain(&problem.failure, language);
        let tries = say!(language, "details-tries", count = problem.attempts);
        vec![
            (
                say!(language, "state-error"),
                format!("{}: {message}: {hint}", problem.link),
            ),
            (String::new(), tries),
        ]
    }

    /// What it was told; of what it was not told, nothing.
    fn properties(&self, properties: &Properties) -> Facts {
        let language = self.language;
        let credentials = properties.credentials.as_ref();
        let user = credentials.map(|known| known.user.clone());
        let has_password = credentials.is_some_and(|known| !known.password.is_empty());
        let count = |number: Option<usize>| number.map(|number| number.to_string());
        let text = |text: &str| (!text.is_empty()).then(|| clean_whole(text));
        let notify = properties.notify;
        let told = [
            (key!("property-description"), text(&properties.description)),
            (
                key!("property-priority"),
                Some(self.priority(properties.priority)),
            ),
            (
                key!("property-limit"),
                properties.limit.map(|rate| format::rate(rate, language)),
            ),
            (key!("property-connections"), count(properties.connections)),
            (key!("property-parallel"), count(properties.parallel)),
            (key!("property-user"), user.as_deref().and_then(text)),
            (
                key!("property-password"),
                has_password.then(|| say!(language, "property-set")),
            ),
            (
                key!("queue-notify"),
                (notify != Notify::default()).then(|| notify.text().to_owned()),
            ),
            (
                key!("property-on-complete"),
                text(&shell_words::join(&properties.on_complete)),
            ),
        ];
        let told = told.into_iter();
        told.filter_map(|(key, value)| Some((language.say(key), value?)))
            .collect()
    }

    fn priority(&self, priority: Priority) -> String {
        self.language.say(match priority {
            Priority::Foreground => key!("row-foreground"),
            Priority::High => key!("priority-high"),
            Priority::Normal => key!("priority-normal"),
            Priority::Low => key!("priority-low"),
        })
    }
}

#[cfg(test)]
mod tests;
