//! `ebb serve`: the engine with its queue, without a window, steered through the socket.

mod log;

use jiff::Timestamp;
use tokio::runtime::Builder;
use tokio::sync::watch;

use super::{Exit, interrupt, report};
use crate::engine::{Config, Engine, Handle, Home, StartError};
use crate::platform::Folders;
use crate::platform::folders::FoldersError;
use crate::queue::{Command, Mode};
use crate::remote::schema::Kind;
use crate::remote::{Host, Server};
use crate::settings::{self, OnStart, Settings};
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
    log::begin();
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
    };
    let engine = Engine::start(config).map_err(of_start)?;
    let host = Host {
        kind: Kind::Serve,
        settings: folders.settings(),
        words: None,
    };
    let server = Server::start(&folders, engine.clone(), host).map_err(of_start)?;
    tracing::info!(data = %folders.data.display(), socket = %server.path().display(), "serving");
    let runtime = Builder::new_current_thread()
        .enable_time()
        .build()
        .map_err(of_system)?;
    let is_over = runtime.block_on(until_end(&engine, &settings, interrupted, server));
    tracing::info!("ended");
    is_over.map_err(|()| End::Failed(tell(language, key!("engine-ended"), &[], "")))
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

/// Runs until it is told to end, and saves; `Err` where the engine has ended by itself.
async fn until_end(
    engine: &Handle,
    settings: &Settings,
    mut interrupted: watch::Receiver<bool>,
    server: Server,
) -> Result<(), ()> {
    if settings.startup.on_start == OnStart::Suspended {
        let _ = engine.command(Command::Mode(Mode::Suspended)).await;
    }
    let is_told = tokio::select! {
        _ = interrupted.wait_for(|interrupted| *interrupted) => true,
        () = log::follow(engine) => false,
    };
    tracing::info!("ending");
    // Nobody is to be promised anything any more.
    drop(server);
    engine.shutdown().await;
    if is_told { Ok(()) } else { Err(()) }
}
