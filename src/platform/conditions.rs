//! Whether the network costs by the byte, and whether the computer runs on its battery.
//!
//! | | metered | on battery |
//! |---|---|---|
//! | Linux | NetworkManager's `Metered`, as it changes | UPower's `OnBattery`, as it changes; without it what the kernel says |
//! | Windows | the cost of the connection to the internet | what supplies the power |
//! | macOS | nothing that could be asked without unsafe code: never | `pmset` |
//!
//! What cannot be found out is not so: without an answer nothing waits. Nothing here holds
//! anybody up, however long a service takes to answer.

#[cfg(target_os = "linux")]
mod bus;
#[cfg(not(target_os = "linux"))]
mod polled;
#[cfg(target_os = "linux")]
mod supply;

#[cfg(not(target_os = "linux"))]
use polled as system;
#[cfg(target_os = "linux")]
mod system;

use std::convert::Infallible;

use tokio::sync::mpsc;

use crate::queue::Conditions;

/// One thing that was found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fact {
    Metered(bool),
    OnBattery(bool),
}

/// Tells what it is like whenever that changes; at first it is like [`Conditions::default`].
/// Never ends: it is dropped. Wants a runtime with a clock.
pub async fn follow(mut tell: impl FnMut(Conditions)) -> Infallible {
    let (sender, mut facts) = mpsc::unbounded_channel();
    let mut now = Conditions::default();
    let hear = async {
        while let Some(fact) = facts.recv().await {
            let before = now;
            match fact {
                Fact::Metered(metered) => now.metered = metered,
                Fact::OnBattery(on_battery) => now.on_battery = on_battery,
            }
            if now != before {
                tracing::info!(now.metered, now.on_battery, "conditions");
                tell(now);
            }
        }
    };
    tokio::join!(system::watch(sender), hear).0
}

#[cfg(all(test, target_os = "linux"))]
mod tests;
