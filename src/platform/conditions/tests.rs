//! Made-up services on a bus of our own.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::sync::mpsc;
use zbus::connection::Builder;
use zbus::{Connection, interface};

use super::system;
use super::*;

/// A bus daemon; it ends with this.
struct Bus {
    daemon: Child,
    address: String,
    _place: tempfile::TempDir,
}

impl Bus {
    /// `None` where there is no `dbus-daemon`.
    fn start() -> Option<Self> {
        let place = tempfile::tempdir().unwrap();
        let socket = place.path().join("bus");
        let address = format!("unix:path={}", socket.display());
        let daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--address", &address])
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        Some(Self {
            daemon,
            address,
            _place: place,
        })
    }

    async fn connect(&self) -> Connection {
        for _ in 0..500 {
            let builder = Builder::address(self.address.as_str()).unwrap();
            if let Ok(connection) = builder.build().await {
                return connection;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("no bus at {}", self.address);
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

struct NetworkManager(u32);

#[interface(name = "org.freedesktop.NetworkManager")]
impl NetworkManager {
    #[zbus(property)]
    fn metered(&self) -> u32 {
        self.0
    }
}

struct UPower(bool);

#[interface(name = "org.freedesktop.UPower")]
impl UPower {
    #[zbus(property)]
    fn on_battery(&self) -> bool {
        self.0
    }
}

/// What comes next, of what concerns the network or the mains.
async fn next(facts: &mut mpsc::UnboundedReceiver<Fact>, wanted: Fact) {
    let of_it = async {
        while let Some(fact) = facts.recv().await {
            if fact == wanted {
                return;
            }
        }
    };
    let came = tokio::time::timeout(Duration::from_secs(20), of_it).await;
    assert!(came.is_ok(), "never {wanted:?}");
}

#[tokio::test]
async fn services_come_change_and_go() {
    let Some(bus) = Bus::start() else { return };
    let (sender, mut facts) = mpsc::unbounded_channel();
    let connection = bus.connect().await;
    let listening = tokio::spawn(async move { system::listen(&connection, &sender).await });
    next(&mut facts, Fact::Metered(false)).await;

    let service = bus.connect().await;
    let (path, name) = (
        "/org/freedesktop/NetworkManager",
        "org.freedesktop.NetworkManager",
    );
    let objects = service.object_server();
    objects.at(path, NetworkManager(1)).await.unwrap();
    service.request_name(name).await.unwrap();
    next(&mut facts, Fact::Metered(true)).await;
    let manager = objects.interface::<_, NetworkManager>(path).await.unwrap();
    for (value, metered) in [(2, false), (3, true), (4, false), (0, false), (1, true)] {
        manager.get_mut().await.0 = value;
        let emitter = manager.signal_emitter();
        manager.get().await.metered_changed(emitter).await.unwrap();
        next(&mut facts, Fact::Metered(metered)).await;
    }
    let (path, name) = ("/org/freedesktop/UPower", "org.freedesktop.UPower");
    objects.at(path, UPower(true)).await.unwrap();
    service.request_name(name).await.unwrap();
    next(&mut facts, Fact::OnBattery(true)).await;
    let power = objects.interface::<_, UPower>(path).await.unwrap();
    power.get_mut().await.0 = false;
    let emitter = power.signal_emitter();
    power.get().await.on_battery_changed(emitter).await.unwrap();
    next(&mut facts, Fact::OnBattery(false)).await;

    // It ends: what it said holds no longer.
    drop((manager, power));
    service.close().await.unwrap();
    next(&mut facts, Fact::Metered(false)).await;
    // So does the bus: nobody waits for it.
    drop(bus);
    let ended = tokio::time::timeout(Duration::from_secs(20), listening).await;
    assert!(ended.is_ok());
}

#[tokio::test]
async fn a_service_without_the_property_says_nothing() {
    let Some(bus) = Bus::start() else { return };
    let service = bus.connect().await;
    service
        .request_name("org.freedesktop.NetworkManager")
        .await
        .unwrap();
    let (sender, mut facts) = mpsc::unbounded_channel();
    let connection = bus.connect().await;
    let kernels = Fact::OnBattery(supply::on_battery(supply::PLACE.as_ref()));
    let listen = system::listen(&connection, &sender);
    let hear = async {
        next(&mut facts, Fact::Metered(false)).await;
        service
            .request_name("org.freedesktop.UPower")
            .await
            .unwrap();
        next(&mut facts, kernels).await;
    };
    tokio::select! {
        () = listen => panic!("the bus is there"),
        () = hear => {}
    }
}
