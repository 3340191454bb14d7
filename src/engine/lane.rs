//! A thread that does one thing after another: where blocking calls go.

use std::sync::mpsc;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

type Job = Box<dyn FnOnce() + Send>;

/// Runs jobs in their order, on a thread of its own or, for tests on made-up time, at once.
#[derive(Clone)]
pub struct Lane {
    name: &'static str,
    inner: Option<Arc<Mutex<Inner>>>,
}

#[derive(Default)]
struct Inner {
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Lane {
    /// A thread of its own, started with the first job.
    #[must_use]
    pub fn thread(name: &'static str) -> Self {
        Self {
            name,
            inner: Some(Arc::default()),
        }
    }

    /// Every job at once, in the caller.
    #[cfg(test)]
    #[must_use]
    pub fn inline(name: &'static str) -> Self {
        Self { name, inner: None }
    }

    /// Runs a job after those before it.
    pub fn run(&self, job: impl FnOnce() + Send + 'static) {
        let Some(inner) = &self.inner else {
            job();
            return;
        };
        let mut inner = inner.lock().unwrap_or_else(PoisonError::into_inner);
        let job = match &inner.jobs {
            Some(jobs) => jobs.send(Box::new(job)).err().map(|refused| refused.0),
            None => Some(Box::new(job) as Job),
        };
        let Some(job) = job else { return };
        let (sender, receiver) = mpsc::channel::<Job>();
        let _ = sender.send(job);
        let body = move || {
            while let Ok(job) = receiver.recv() {
                // One job's panic is not the next one's end.
                let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(job));
            }
        };
        match std::thread::Builder::new()
            .name(self.name.to_owned())
            .spawn(body)
        {
            Ok(thread) => {
                inner.jobs = Some(sender);
                inner.thread = Some(thread);
            }
            Err(error) => tracing::error!(lane = self.name, %error, "no thread"),
        }
    }

    /// Waits until every job is done, and ends the thread.
    pub fn finish(&self) {
        let Some(inner) = &self.inner else { return };
        let mut inner = inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.jobs = None;
        let thread = inner.thread.take();
        drop(inner);
        if let Some(thread) = thread {
            let _ = thread.join();
        }
    }
}

impl std::fmt::Debug for Lane {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Lane({})", self.name)
    }
}
