//! Who we say we are to one link, and what is done about a 401.
//!
//! Always true: what was given for one origin is never sent to another (a link's own user and
//! password go where the link goes); an origin that is known to want Digest never gets Basic.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::header::{AUTHORIZATION, HeaderMap};

use crate::download::Link;
use crate::download::auth::{self, Challenge, Login, Session};
use crate::engine::transport::Reply;
use crate::queue::Task;

/// The Digest challenges met so far, by origin: later requests (all segments but the first)
/// answer before they are asked. There are as many as origins that asked for a password we had.
#[derive(Debug, Clone, Default)]
pub struct Sessions(Arc<Mutex<HashMap<String, Arc<Session>>>>);

impl Sessions {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Arc<Session>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One link's requests, until one is answered with something else than a challenge.
pub struct Pass<'a> {
    sessions: &'a Sessions,
    origin: String,
    target: String,
    method: &'static str,
    /// None where nothing is known, or a person has written the header.
    login: Option<Login>,
    session: Option<Arc<Session>>,
    challenges: u8,
}

impl<'a> Pass<'a> {
    /// For the requests of this method to this link that have these headers of a person's.
    pub fn new(
        sessions: &'a Sessions,
        task: &Task,
        link: &Link,
        headers: &HeaderMap,
        method: &'static str,
    ) -> Self {
        let origin = link.origin();
        let written = headers.contains_key(AUTHORIZATION);
        Self {
            login: login(task, link).filter(|_| !written),
            session: sessions.lock().get(&origin).cloned(),
            sessions,
            target: auth::target(link),
            origin,
            method,
            challenges: 0,
        }
    }

    /// Puts into the headers of the next request who we are: by Digest, where a challenge is
    /// known; otherwise, unasked, by Basic.
    pub fn sign(&self, headers: &mut HeaderMap) {
        let Some(login) = &self.login else { return };
        let value = match &self.session {
            Some(session) => session.authorization(login, self.method, &self.target),
            None => login.basic(),
        };
        headers.insert(AUTHORIZATION, value);
    }

    /// Whether this reply is a challenge, and the next request its answer. One is answered, and
    /// a second where only the nonce was too old; otherwise user or password are wrong. Basic
    /// is none: it was sent already, or must not be.
    pub fn answers(&mut self, reply: &Reply) -> bool {
        if reply.status != 401 {
            self.keep();
            return false;
        }
        if self.login.is_none() {
            return false;
        }
        let Some(Challenge::Digest(digest)) = auth::strongest(&reply.headers) else {
            return false;
        };
        self.challenges += 1;
        if self.challenges > 2 || (self.challenges == 2 && !digest.is_stale()) {
            return false;
        }
        let cnonce = uuid::Uuid::new_v4().simple().to_string();
        let session = Arc::new(Session::new(digest, cnonce));
        // One that others use stays until the new one has been used: servers whose nonces are
        // good for one request, or for rising counts only, would refuse the slower of two.
        let mut sessions = self.sessions.lock();
        sessions
            .entry(self.origin.clone())
            .or_insert_with(|| session.clone());
        self.session = Some(session);
        true
    }

    /// The answer was accepted: it is the one for others too.
    fn keep(&self) {
        if let Some(session) = self.session.as_ref().filter(|_| self.challenges > 0) {
            self.sessions
                .lock()
                .insert(self.origin.clone(), session.clone());
        }
    }
}

/// What was given for the task, at its own origin; otherwise what the link itself carries.
fn login(task: &Task, to: &Link) -> Option<Login> {
    let is_own = to.origin() == task.link.origin();
    let given = task.options.credentials.as_ref().filter(|_| is_own);
    let given = given.map(|given| (given.user.clone(), given.password.clone()));
    let in_link = || task.link.credentials().filter(|_| is_own);
    let found = given.or_else(in_link).or_else(|| to.credentials());
    found.map(|(user, password)| Login { user, password })
}
