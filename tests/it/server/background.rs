//! A thread with a runtime of its own, so that tests need none; dropping it ends both.

use std::net::{SocketAddr, TcpListener};
use std::thread::JoinHandle;

use tokio::runtime::Builder;
use tokio::sync::oneshot;

pub struct Background {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Background {
    /// Listens on a free loopback port and gives the listener to `task`.
    pub fn listen<F>(
        task: impl FnOnce(tokio::net::TcpListener) -> F + Send + 'static,
    ) -> (Self, SocketAddr)
    where
        F: Future<Output = ()> + 'static,
    {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        listener
            .set_nonblocking(true)
            .expect("a listener that does not block");
        let address = listener.local_addr().expect("its address");
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let runtime = Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
                tokio::select! {
                    _ = stopped => {}
                    () = task(listener) => {}
                }
            });
        });
        (
            Self {
                stop: Some(stop),
                thread: Some(thread),
            },
            address,
        )
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        drop(self.stop.take());
        let ended = self.thread.take().map(JoinHandle::join);
        if let Some(Err(panic)) = ended
            && !std::thread::panicking()
        {
            std::panic::resume_unwind(panic);
        }
    }
}
