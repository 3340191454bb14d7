//! Linux: NetworkManager and UPower on the system's bus, and the kernel where there is none.

use std::convert::Infallible;
use std::path::Path;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;
use tokio::time::{sleep, timeout};

use super::bus::{self, Property};
use super::{Fact, supply};

/// After a bus that is not there, or has gone.
const AGAIN: Duration = Duration::from_secs(60);
/// So long nothing is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often the kernel is asked for what nobody tells.
const LOOK: Duration = Duration::from_secs(20);

const METERED: Property = Property {
    service: "org.freedesktop.NetworkManager",
    path: "/org/freedesktop/NetworkManager",
    interface: "org.freedesktop.NetworkManager",
    name: "Metered",
};
const ON_BATTERY: Property = Property {
    service: "org.freedesktop.UPower",
    path: "/org/freedesktop/UPower",
    interface: "org.freedesktop.UPower",
    name: "OnBattery",
};

/// Tells what it finds out, again and again.
pub(super) async fn watch(facts: UnboundedSender<Fact>) -> Infallible {
    loop {
        let connected = timeout(PATIENCE, zbus::Connection::system()).await;
        match connected {
            Ok(Ok(connection)) => listen(&connection, &facts).await,
            Ok(Err(error)) => tracing::debug!(%error, "no system bus"),
            Err(_) => tracing::debug!("the system bus does not answer"),
        }
        let _ = facts.send(Fact::Metered(false));
        let _ = timeout(AGAIN, ask_kernel(&facts)).await;
    }
}

/// Listens until the bus has gone.
pub(super) async fn listen(connection: &zbus::Connection, facts: &UnboundedSender<Fact>) {
    let metered = bus::follow(connection, METERED, |value| {
        // Yes, and as far as can be guessed.
        let is_so = value.is_some_and(|value| matches!(u32::try_from(value), Ok(1 | 3)));
        let _ = facts.send(Fact::Metered(is_so));
    });
    let power = async {
        let (told, mut is_told) = tokio::sync::watch::channel(false);
        let listen = bus::follow(connection, ON_BATTERY, |value| {
            let on_battery = value.and_then(|value| bool::try_from(value).ok());
            told.send_replace(on_battery.is_some());
            if let Some(on_battery) = on_battery {
                let _ = facts.send(Fact::OnBattery(on_battery));
            }
        });
        // Whenever UPower says nothing, the kernel is asked.
        let ask = async {
            loop {
                let _ = is_told.wait_for(|told| !told).await;
                tokio::select! {
                    () = ask_kernel(facts) => {}
                    _ = is_told.wait_for(|told| *told) => {}
                }
            }
        };
        tokio::select! {
            () = listen => {}
            () = ask => {}
        }
    };
    tokio::join!(metered, power);
}

/// Asks again and again; never ends.
async fn ask_kernel(facts: &UnboundedSender<Fact>) {
    loop {
        let _ = facts.send(Fact::OnBattery(supply::on_battery(Path::new(
            supply::PLACE,
        ))));
        sleep(LOOK).await;
    }
}
