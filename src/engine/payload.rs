//! The threads that move payload: a runtime and connections of its own for each.

use std::future::Future;
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

use super::config::{NetworkOptions, StartError};
use super::http::Clients;
use super::lines::Lines;
use super::transport::Transport;
use crate::queue::JobNetwork;

/// Where workers run.
pub struct Payload {
    threads: Vec<Thread>,
    clients: Option<Clients>,
    lines: Arc<Lines>,
}

/// Where one worker runs, and what it sends its requests with.
pub struct Seat {
    runtime: Handle,
    /// Its connections live on this thread.
    pub transport: Arc<dyn Transport>,
}

impl Seat {
    /// Runs it there.
    pub fn run(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.runtime.spawn(work);
    }
}

struct Thread {
    runtime: Handle,
    transport: Arc<dyn Transport>,
    /// Those of jobs that use the network in a way of their own: made when first needed.
    own: Vec<(Arc<JobNetwork>, Arc<dyn Transport>)>,
    end: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

impl Thread {
    fn transport_of(&mut self, own: &Arc<JobNetwork>, clients: &Clients) -> Arc<dyn Transport> {
        if let Some((_, there)) = self.own.iter().find(|(known, _)| known == own) {
            return there.clone();
        }
        let transport = clients.over(own).transport();
        self.own.push((own.clone(), transport.clone()));
        transport
    }
}

impl Payload {
    /// One thread now; a second one when TLS asks for it.
    ///
    /// # Errors
    /// `StartError::System`.
    pub fn threads(clients: Clients) -> Result<Self, StartError> {
        let mut payload = Self {
            threads: Vec::new(),
            lines: clients.lines(),
            clients: Some(clients),
        };
        payload.add_thread()?;
        Ok(payload)
    }

    /// In the caller's runtime, over a made-up transport.
    #[cfg(test)]
    pub fn here(transport: Arc<dyn Transport>) -> Self {
        let thread = Thread {
            runtime: Handle::current(),
            transport,
            own: Vec::new(),
            end: None,
        };
        Self {
            threads: vec![thread],
            clients: None,
            lines: Arc::default(),
        }
    }

    /// The lines that connections lead over.
    #[must_use]
    pub fn lines(&self) -> &Lines {
        &self.lines
    }

    /// A worker's place. Further workers of a TLS transfer take turns on two threads. `own` is
    /// what the job has of its own.
    pub fn seat(&mut self, secure: bool, number: u32, own: Option<&Arc<JobNetwork>>) -> Seat {
        let wanted = if secure && self.clients.is_some() {
            number as usize % 2
        } else {
            0
        };
        if wanted >= self.threads.len()
            && let Err(error) = self.add_thread()
        {
            tracing::warn!(%error, "one payload thread must do");
        }
        let last = self.threads.len() - 1;
        let thread = &mut self.threads[wanted.min(last)];
        let transport = match (&self.clients, own) {
            (Some(clients), Some(own)) => thread.transport_of(own, clients),
            _ => thread.transport.clone(),
        };
        Seat {
            runtime: thread.runtime.clone(),
            transport,
        }
    }

    /// Drops the transports that jobs had of their own and no worker uses any more.
    pub fn let_go(&mut self) {
        for thread in &mut self.threads {
            thread
                .own
                .retain(|(_, transport)| Arc::strong_count(transport) > 1);
        }
    }

    /// From now on requests are sent with these options; what is under way keeps its own.
    ///
    /// # Errors
    /// `StartError::Network`; nothing has changed then.
    pub fn configure(&mut self, options: NetworkOptions) -> Result<(), StartError> {
        let Some(clients) = &mut self.clients else {
            return Clients::new(options).map(drop);
        };
        *clients = clients.with(options)?;
        for thread in &mut self.threads {
            thread.transport = clients.transport();
            thread.own.clear();
        }
        Ok(())
    }

    /// Ends the threads; what still runs on them is dropped.
    pub fn end(&mut self) {
        for thread in &mut self.threads {
            if let Some((end, thread)) = thread.end.take() {
                drop(end);
                let _ = thread.join();
            }
        }
    }

    fn add_thread(&mut self) -> Result<(), StartError> {
        let Some(clients) = &self.clients else {
            return Ok(());
        };
        let failed = |error: std::io::Error| StartError::System(error.to_string());
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(failed)?;
        let handle = runtime.handle().clone();
        let (end, ended) = oneshot::channel::<()>();
        let body = move || {
            let _ = runtime.block_on(ended);
            // (A name that is being looked up is not waited for.)
            runtime.shutdown_background();
        };
        let thread = std::thread::Builder::new()
            .name("ebb-payload".into())
            .spawn(body);
        self.threads.push(Thread {
            runtime: handle,
            transport: clients.transport(),
            own: Vec::new(),
            end: Some((end, thread.map_err(failed)?)),
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests;
