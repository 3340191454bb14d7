//! One property of one service on the system's bus, as it changes.
//!
//! The service may come, go, and come again; it is never started for this.

use std::time::Duration;

use futures_util::StreamExt;
use tokio::time::timeout;
use zbus::proxy::{CacheProperties, MethodFlags};
use zbus::zvariant::OwnedValue;
use zbus::{Connection, Proxy};

/// A service that does not answer for so long says nothing.
const PATIENCE: Duration = Duration::from_secs(5);

/// Which property of which service.
#[derive(Debug, Clone, Copy)]
pub(super) struct Property {
    pub(super) service: &'static str,
    pub(super) path: &'static str,
    pub(super) interface: &'static str,
    pub(super) name: &'static str,
}

/// Tells its value now and whenever it may have changed, until the bus has gone; `None` while
/// there is no service that says it.
pub(super) async fn follow(
    connection: &Connection,
    property: Property,
    tell: impl FnMut(Option<OwnedValue>),
) {
    if let Err(error) = listen(connection, property, tell).await {
        tracing::debug!(%error, service = property.service, "not heard");
    }
}

async fn listen(
    connection: &Connection,
    property: Property,
    mut tell: impl FnMut(Option<OwnedValue>),
) -> zbus::Result<()> {
    let proxy: Proxy<'_> = zbus::proxy::Builder::new(connection)
        .destination(property.service)?
        .path(property.path)?
        .interface("org.freedesktop.DBus.Properties")?
        .cache_properties(CacheProperties::No)
        .build()
        .await?;
    let of_interface = [(0, property.interface)];
    let mut changes = proxy
        .receive_signal_with_args("PropertiesChanged", &of_interface)
        .await?;
    let mut owners = proxy.receive_owner_changed().await?;
    loop {
        tell(get(&proxy, property).await);
        // What has changed is asked for: a signal need not say it.
        let goes_on = tokio::select! {
            change = changes.next() => change.is_some(),
            owner = owners.next() => owner.is_some(),
        };
        if !goes_on {
            return Ok(());
        }
    }
}

async fn get(proxy: &Proxy<'_>, property: Property) -> Option<OwnedValue> {
    let which = (property.interface, property.name);
    let flags = MethodFlags::NoAutoStart.into();
    let asked = proxy.call_with_flags::<_, _, OwnedValue>("Get", flags, &which);
    match timeout(PATIENCE, asked).await {
        Ok(Ok(value)) => value,
        Ok(Err(error)) => {
            tracing::debug!(%error, service = property.service, "no answer");
            None
        }
        Err(_) => None,
    }
}
