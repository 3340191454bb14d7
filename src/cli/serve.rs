//! `ebb serve`: the engine with its queue, without a window, steered through the socket.

mod notices;

use jiff::Timestamp;
use tokio::runtime::Builder;
use tokio::sync::mpsc::Receiver;
use tokio::sync::watch;

use super::{Exit, interrupt, report};
use crate::engine::{Config, Engine, Handle, Home, NotSaved, StartError};
use crate::platform::folders::FoldersError;
use crate::platform::{Folders, conditions};
use crate::queue::Notice;
use crate::remote::schema::Kind;
use crate::remote::{Host, Server};
use crate::settings::{self, Settings};
use crate::words::explain::{explain_start, tell};
use crate::words::{Explained, Language, key};

/// Why it does not serve, or did not to its end.
enum End {
    /// Another one has the queue.
    InUse(Explained),
    /// Anything else.
    Failed(Explained),
}

/// Runs the command; returns when the system, or a person, has ended it and all is saved.
pub fn run(language: Language) -> Exit {
    let _log = super::log::of_service();
    match serve(language) {
        Ok(()) => Exit::Complete,
        Err(End::InUse(told)) => {
            report::line(&report::trouble(&told));
            Exit::NotRunning
        }
        Err(End::Failed(told)) => {
            report::line(&report::trouble(&told));
            Exit::Failed
        }
    }
}

fn serve(language: Language) -> Result<(), End> {
    let of_folders = |error: FoldersError| End::Failed(error.explain(language));
    let of_start = |error: StartError| {
        let told = explain_start(&error, language);
        match error {
            StartError::InUse { .. } => End::InUse(told),
            _ => End::Failed(told),
        }
    };
    let of_system = |error: std::io::Error| of_start(StartError::System(error.to_string()));

    let interrupted = interrupt::listen().map_err(of_system)?;
    let folders = Folders::find().map_err(of_folders)?;
    let settings = read(&folders);
    let config = Config {
        home: Home::Queue(folders.database().map_err(of_folders)?),
        limits: settings.limits(),
        network: settings.network(),
        mode: settings.mode_at_start(),
    };
    let runtime = Builder::new_current_thread()
        .enable_time()
        .build()
        .map_err(of_system)?;
    let engine = Engine::start(config).map_err(of_start)?;
    let notices = engine.notices();
    let host = Host {
        kind: Kind::Serve,
        settings: folders.settings(),
        words: None,
    };
    let server = Server::start(&folders, engine.clone(), host).map_err(|error| {
        let _ = runtime.block_on(engine.shutdown());
        of_start(error)
    })?;
    tracing::info!(data = %folders.data.display(), socket = %server.path().display(), "serving");
    let is_over = runtime.block_on(until_end(&engine, notices, interrupted, server));
    tracing::info!("ended");
    is_over.map_err(|broken| End::Failed(broken.explain(language)))
}

/// The settings; what is wrong with their file is no reason not to run.
fn read(folders: &Folders) -> Settings {
    let loaded = settings::load(&folders.settings(), Timestamp::now());
    if let Some(trouble) = &loaded.trouble {
        let told = trouble.explain(Language::English);
        tracing::warn!("{}: {}", told.message, told.hint);
    }
    loaded.settings
}

/// Why its end is none in order.
enum Broken {
    /// The engine has ended by itself.
    Ended,
    /// What has changed last is lost.
    NotSaved(NotSaved),
}

impl Broken {
    fn explain(&self, language: Language) -> Explained {
        match self {
            Self::Ended => tell(language, key!("engine-ended"), &[], ""),
            Self::NotSaved(NotSaved(reason)) => tell(language, key!("not-saved"), &[], reason),
        }
    }
}

/// Runs until it is told to end, and saves.
async fn until_end(
    engine: &Handle,
    notices: Receiver<Notice>,
    interrupted: watch::Receiver<bool>,
    server: Server,
) -> Result<(), Broken> {
    let is_told = tokio::select! {
        is_told = notices::follow(engine, notices, interrupted) => is_told,
        never = conditions::follow(|now| engine.conditions(now)) => match never {},
    };
    tracing::info!("ending");
    // Nobody is to be promised anything any more.
    drop(server);
    let saved = engine.shutdown().await;
    if is_told {
        saved.map_err(Broken::NotSaved)
    } else {
        Err(Broken::Ended)
    }
}
