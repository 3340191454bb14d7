//! Windows and macOS: asked again and again, on a thread that may wait for the answer.

use std::convert::Infallible;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;
use tokio::time::sleep;

use super::Fact;

/// How often.
const LOOK: Duration = Duration::from_secs(10);

/// Tells what it finds out, again and again.
pub(super) async fn watch(facts: UnboundedSender<Fact>) -> Infallible {
    loop {
        let found = tokio::task::spawn_blocking(|| (is_metered(), is_on_battery()));
        let (metered, on_battery) = found.await.unwrap_or_default();
        let _ = facts.send(Fact::Metered(metered));
        let _ = facts.send(Fact::OnBattery(on_battery));
        sleep(LOOK).await;
    }
}

#[cfg(windows)]
fn is_metered() -> bool {
    use windows::Networking::Connectivity::{NetworkCostType, NetworkInformation};
    let cost = NetworkInformation::GetInternetConnectionProfile()
        .and_then(|profile| profile.GetConnectionCost())
        .and_then(|cost| cost.NetworkCostType());
    matches!(cost, Ok(NetworkCostType::Fixed | NetworkCostType::Variable))
}

#[cfg(windows)]
fn is_on_battery() -> bool {
    use windows::System::Power::{PowerManager, PowerSupplyStatus};
    // (Too weak a supply is one; a computer without a battery always has one.)
    matches!(
        PowerManager::PowerSupplyStatus(),
        Ok(PowerSupplyStatus::NotPresent)
    )
}

#[cfg(not(windows))]
fn is_metered() -> bool {
    false
}

#[cfg(target_os = "macos")]
fn is_on_battery() -> bool {
    let said = std::process::Command::new("/usr/bin/pmset")
        .args(["-g", "batt"])
        .stdin(std::process::Stdio::null())
        .output();
    said.is_ok_and(|said| String::from_utf8_lossy(&said.stdout).contains("'Battery Power'"))
}

#[cfg(not(any(windows, target_os = "macos")))]
fn is_on_battery() -> bool {
    false
}
