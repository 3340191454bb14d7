//! A port where connecting neither succeeds nor fails: its queue is full and nobody takes from it.

use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket};
use tokio::runtime::{Builder, Runtime};

pub struct Silent {
    address: SocketAddr,
    _queue: Vec<TcpStream>,
    _listener: TcpListener,
    _runtime: Runtime,
}

impl Silent {
    pub fn start() -> Self {
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        let listener = {
            let _inside = runtime.enter();
            let socket = TcpSocket::new_v4().expect("a socket");
            socket
                .bind(([127, 0, 0, 1], 0).into())
                .expect("a free port");
            socket.listen(1).expect("a short queue")
        };
        let address = listener.local_addr().expect("its address");
        let knock = || TcpStream::connect_timeout(&address, Duration::from_millis(200)).ok();
        let queue = std::iter::from_fn(knock).take(64).collect();
        Self {
            address,
            _queue: queue,
            _listener: listener,
            _runtime: runtime,
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}
