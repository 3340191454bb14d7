//! The secrets of a group, apart: for the system's keyring, and back from it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::is_secret_header;
use super::write::carries_password;
use crate::download::{Link, WaitReason};
use crate::queue::Queue;
use crate::queue::command::Credentials;
use crate::queue::event::Now;
use crate::queue::file::FileKey;
use crate::queue::id::{FileId, GroupId, JobId};
use crate::queue::job::{Job, Lacks};
use crate::queue::network::Proxy;
use crate::queue::snapshot::FileSource;

/// All the secrets of a group. `Debug` prints none of them.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secrets {
    /// The group's password.
    pub password: Option<String>,
    /// Of its jobs, where they have any.
    pub jobs: Vec<JobSecrets>,
    /// Whole URLs of files that carry a password.
    pub urls: Vec<(FileId, String)>,
}

/// The secrets of a job.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobSecrets {
    /// Which.
    pub job: JobId,
    /// Its own password.
    pub password: Option<String>,
    /// The values of its secret headers, with their places among all.
    pub headers: Vec<(usize, String)>,
    /// The whole URL of its proxy, where that carries a password.
    #[serde(default)]
    pub proxy: Option<String>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Secrets(of {} jobs, {} urls, …)",
            self.jobs.len(),
            self.urls.len()
        )
    }
}

impl std::fmt::Debug for JobSecrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "JobSecrets({}, …)", self.job)
    }
}

impl Secrets {
    fn is_empty(&self) -> bool {
        self.password.is_none() && self.jobs.is_empty() && self.urls.is_empty()
    }
}

impl Queue {
    /// What a keyring must keep for a group; `None` where it has no secrets.
    #[must_use]
    pub fn secrets(&self, id: GroupId) -> Option<Secrets> {
        let group = self.table.group(self.table.find_group(id).ok()?);
        let of_group = password(group.properties.credentials.as_ref());
        let mut secrets = Secrets {
            password: of_group,
            ..Secrets::default()
        };
        for number in &group.jobs {
            let job = self.table.job(*number);
            let password = password(job.options.credentials.as_ref());
            let headers = (0..).zip(&job.options.headers);
            let headers: Vec<_> = headers
                .filter(|(at, (name, _))| is_secret_header(name) && !job.lacks.headers.contains(at))
                .map(|(at, (_, value))| (at, value.clone()))
                .collect();
            let proxy = proxy_of(job).and_then(Proxy::secret).map(str::to_owned);
            if password.is_some() || !headers.is_empty() || proxy.is_some() {
                secrets.jobs.push(JobSecrets {
                    job: job.id,
                    password,
                    headers,
                    proxy,
                });
            }
            let files = job.chunks.iter().flat_map(|chunk| chunk.iter());
            let carrying = files.filter(|file| carries_password(&file.source.link));
            secrets
                .urls
                .extend(carrying.map(|file| (file.id, file.source.link.expose().to_owned())));
        }
        (!secrets.is_empty()).then_some(secrets)
    }

    /// Gives back what a keyring kept; what waited for it goes on with the next event.
    pub fn give_secrets(&mut self, id: GroupId, secrets: Secrets, now: Now) {
        let Ok(number) = self.table.find_group(id) else {
            return;
        };
        let group = self.table.group_mut(number);
        if let Some(password) = secrets.password {
            give_password(
                &mut Arc::make_mut(&mut group.properties).credentials,
                password,
            );
            group.lacks_password = false;
        }
        for job in self.table.group(number).jobs.clone() {
            self.table.job_mut(job).effective = None;
        }
        for job in secrets.jobs {
            self.give_to_job(number, job);
        }
        for (file, url) in secrets.urls {
            self.give_url(number, file, &url);
        }
        self.let_go_of_credentials(number, now);
        self.is_pressing = true;
    }

    fn give_to_job(&mut self, group: u32, secrets: JobSecrets) {
        let jobs = self.table.group(group).jobs.iter();
        let found = jobs
            .copied()
            .find(|number| self.table.job(*number).id == secrets.job);
        let Some(number) = found else { return };
        let job = self.table.job_mut(number);
        let options = Arc::make_mut(&mut job.options);
        for (at, value) in secrets.headers {
            if let Some(header) = options.headers.get_mut(at) {
                header.1 = value;
                job.lacks.headers.retain(|lacking| *lacking != at);
            }
        }
        if let Some(password) = secrets.password {
            give_password(&mut options.credentials, password);
            job.lacks.password = false;
        }
        if let Some(url) = secrets.proxy {
            give_proxy(job, Proxy::Url(url));
        }
    }

    fn give_url(&mut self, group: u32, file: FileId, url: &str) {
        let (Some(key), Ok(link)) = (self.table.find_file(file), Link::parse(url)) else {
            return;
        };
        let source = Arc::clone(&self.table.view(key).source);
        let same = source.link.without_password() == link.without_password();
        if self.table.group_of(key) != group || !same {
            return;
        }
        self.table.file_mut(key).lacks_password = false;
        let name = source.name.clone();
        self.table.edit(key, |file| {
            file.source = Arc::new(FileSource { link, name })
        });
    }

    /// A person gave what they have: nothing else is waited for. Headers that were not kept
    /// are left out; a proxy is given its user alone.
    pub(in crate::queue) fn secret_given(&mut self, number: u32, now: Now) {
        self.table.group_mut(number).lacks_password = false;
        for job in self.table.group(number).jobs.clone() {
            let job = self.table.job_mut(job);
            job.effective = None;
            let lacks = std::mem::take(&mut job.lacks);
            leave_out(job, &lacks);
            job.files
                .iter_mut()
                .for_each(|file| file.lacks_password = false);
        }
        self.let_go_of_credentials(number, now);
    }

    fn let_go_of_credentials(&mut self, number: u32, now: Now) {
        let waiting = self.keys_where(number, |file| {
            file.waiting
                .is_some_and(|waiting| waiting.reason == WaitReason::Credentials)
        });
        for key in waiting {
            self.try_again(key, now);
        }
    }

    fn try_again(&mut self, key: FileKey, now: Now) {
        self.begin_anew(key, now);
        self.admit(key, crate::queue::schedule::Spot::Back, now);
    }
}

fn leave_out(job: &mut Job, lacks: &Lacks) {
    if !lacks.headers.is_empty() {
        let mut at = 0..;
        let kept = |_: &(String, String)| at.next().is_none_or(|at| !lacks.headers.contains(&at));
        Arc::make_mut(&mut job.options).headers.retain(kept);
    }
    // Without a password of its own the job uses the group's.
    let options = &job.options;
    if lacks.password
        && options
            .credentials
            .as_ref()
            .is_some_and(|c| c.password.is_empty())
    {
        Arc::make_mut(&mut job.options).credentials = None;
    }
}

fn proxy_of(job: &Job) -> Option<&Proxy> {
    job.options.network.as_ref()?.proxy.as_ref()
}

/// Only where it is the same one.
fn give_proxy(job: &mut Job, proxy: Proxy) {
    let known = proxy_of(job).map(Proxy::without_password);
    if known != Some(proxy.without_password()) {
        return;
    }
    if let Some(network) = &mut Arc::make_mut(&mut job.options).network {
        Arc::make_mut(network).proxy = Some(proxy);
        job.lacks.proxy = false;
    }
}

fn give_password(credentials: &mut Option<Credentials>, password: String) {
    let none = || Credentials {
        user: String::new(),
        password: String::new(),
    };
    credentials.get_or_insert_with(none).password = password;
}

fn password(credentials: Option<&Credentials>) -> Option<String> {
    let password = &credentials?.password;
    (!password.is_empty()).then(|| password.clone())
}
