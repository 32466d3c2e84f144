//! What the house does for the desk while it serves: the key is lent anew, the journal is signed.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use kura_desk::{Lease, Published, Room};

use crate::app::App;

/// What the desk needs of the installation it runs in.
pub trait House: Send + Sync {
    /// A new lease of the office's newest data key.
    ///
    /// # Errors
    /// The vault's sentence.
    fn lease(&self) -> Result<Lease, HouseError>;

    /// Has the journal signed where it stands, and keeps that.
    ///
    /// # Errors
    /// The vault's or the disk's sentence.
    fn witness(&self, room: &Room) -> Result<(), HouseError>;

    /// Writes what a publication made, for people to take away; gives the place.
    ///
    /// # Errors
    /// The disk's or the printer's sentence.
    fn write_outputs(&self, published: Published) -> Result<String, HouseError>;
}

/// Why the house could not: a sentence for the log, without a personal value.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct HouseError(pub String);

/// So often it is looked whether something is due.
const LOOK: Duration = Duration::from_secs(5);

/// The key is lent anew when less than so much is left of the lease.
const LEFT_MS: u64 = 5 * 60 * 1000;

/// Runs beside the requests until it is aborted.
pub(crate) async fn keep_up(app: Arc<App>) {
    loop {
        tokio::time::sleep(LOOK).await;
        renew(&app).await;
        sign(&app).await;
    }
}

/// At the end: whatever happened since the last signature is under one.
pub(crate) async fn last_signature(app: Arc<App>) {
    sign(&app).await;
}

async fn renew(app: &Arc<App>) {
    let until = app.lent_until.load(Ordering::Relaxed);
    let due = app.clock.unix_millis().is_ok_and(|now| now.saturating_add(LEFT_MS) >= until);
    if !due {
        return;
    }
    let house = Arc::clone(app);
    let renewed = app
        .desk(move |room| match house.house.lease() {
            Ok(lease) => {
                let until = lease.until.get();
                room.renew(lease).map(|()| Ok(until))
            }
            Err(error) => Ok(Err(error)),
        })
        .await;
    match renewed {
        Ok(Ok(until)) => app.lent_until.store(until, Ordering::Relaxed),
        Ok(Err(error)) => tracing::error!(%error, "the key was not lent anew"),
        Err(_) => tracing::error!("the lease could not be written down"),
    }
}

async fn sign(app: &Arc<App>) {
    let house = Arc::clone(app);
    match app.desk(move |room| Ok(house.house.witness(room))).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::error!(%error, "the journal was not signed"),
        Err(_) => tracing::error!("the journal was not signed"),
    }
}
