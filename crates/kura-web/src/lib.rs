#![doc = include_str!("../README.md")]

mod app;
mod form;
mod guard;
mod guesses;
mod house;
mod metrics;
mod moment;
mod page;
mod refusal;
mod screens;
mod sessions;
mod sheet;
mod signed;
mod statics;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::sync::Notify;
use tokio::time::sleep;

pub use app::Parts;
pub use house::{House, HouseError};

use app::App;

/// After the wish to end, requests under way have so long.
const GRACE: Duration = Duration::from_secs(10);

/// The wish to end: whoever has a copy may ask.
#[derive(Debug, Clone, Default)]
pub struct Ending {
    asked: Arc<Notify>,
    served: Arc<Notify>,
}

impl Ending {
    /// Asks [`serve`] to end: it takes no new requests, finishes those under way and returns.
    pub fn ask(&self) {
        self.asked.notify_one();
    }
}

/// Serves the desk until it is asked to end; then requests under way are finished and the journal is signed once more.
///
/// # Errors
/// The runtime or the listener fail.
pub fn serve(parts: Parts, listener: std::net::TcpListener, ending: &Ending) -> io::Result<()> {
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let app = Arc::new(App::new(parts, listener.local_addr()?.port()));
        let upkeep = tokio::spawn(house::keep_up(Arc::clone(&app)));
        let service = guard::router(Arc::clone(&app)).into_make_service_with_connect_info::<std::net::SocketAddr>();
        let (asked, over) = (ending.clone(), ending.clone());
        let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
            asked.asked.notified().await;
            asked.served.notify_one();
        });
        let served = tokio::select! {
            served = async { serving.await } => served,
            // Whoever keeps a connection open does not keep the server.
            () = async { over.served.notified().await; sleep(GRACE).await } => Ok(()),
        };
        upkeep.abort();
        house::last_signature(app).await;
        served
    });
    runtime.shutdown_timeout(GRACE);
    served
}
