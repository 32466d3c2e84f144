//! Another machine keeps an office's archive: it listens, adds, and says what it refused.

use std::io::{self, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use kura_archive::{Folder, Incident, Pairing, Receiver};
use kura_platform::random;
use zeroize::Zeroizing;

use crate::cli::{ArchivePair, ArchiveReceive};
use crate::home::Home;
use crate::stop::Stop;

/// So many talks at once; a caller past them is hung up on and calls again.
const TALKS_MAX: usize = 8;
/// A sender that says nothing for so long is hung up on.
const PATIENCE: Duration = Duration::from_secs(120);

/// `kura archive pair`: the secret that both machines share.
pub(crate) fn pair(request: &ArchivePair) -> Result<(), Stop> {
    let office = Home::at(&request.dir).settings()?.office;
    let secret = Zeroizing::new(random::bytes().map_err(|error| Stop::named(error, ""))?);
    let written = Pairing::new(office, secret).write_new(&request.out);
    written.map_err(|error| Stop::named(error, "新しい名前を --out に指定してください。"))?;
    writeln!(
        io::stdout(),
        "{} に書きました。受け取る機械に媒体で渡し、両方の機械に置いてください。",
        request.out.display()
    )?;
    Ok(())
}

/// `kura archive receive`: listens until it is ended. What was acknowledged is on the disk, whenever that is.
pub(crate) fn run(request: &ArchiveReceive) -> Result<(), Stop> {
    let pairing = Pairing::read(&request.pairing).map_err(|error| Stop::named(error, ""))?;
    let reserve = request.reserve_gb.saturating_mul(1 << 30);
    let receiver = Receiver::new(Folder::at(&request.into), pairing, reserve);
    let listener = TcpListener::bind(&request.listen).map_err(|error| {
        Stop::named(
            format!("{} で待ち受けられません（{error}）。", request.listen),
            "ほかのプログラムが使っていないか確かめてください。",
        )
    })?;
    writeln!(io::stdout(), "{} で受け取り、{} に置きます。", listener.local_addr()?, request.into.display())?;
    listen(&listener, Arc::new(receiver), tell)
}

/// Takes calls, each on a thread of its own.
pub(crate) fn listen(listener: &TcpListener, receiver: Arc<Receiver>, tell: fn(&Incident)) -> Result<(), Stop> {
    let talks = Arc::new(AtomicUsize::new(0));
    for line in listener.incoming() {
        let Ok(line) = line else { continue };
        if talks.fetch_add(1, Ordering::SeqCst) >= TALKS_MAX {
            talks.fetch_sub(1, Ordering::SeqCst);
            continue;
        }
        let (receiver, talks) = (Arc::clone(&receiver), Arc::clone(&talks));
        thread::spawn(move || {
            // What breaks a talk is the sender's trouble; it calls again.
            let _ = talk(&receiver, line, tell);
            talks.fetch_sub(1, Ordering::SeqCst);
        });
    }
    Ok(())
}

fn talk(receiver: &Receiver, line: TcpStream, tell: fn(&Incident)) -> io::Result<()> {
    line.set_read_timeout(Some(PATIENCE))?;
    line.set_write_timeout(Some(PATIENCE))?;
    line.set_nodelay(true)?;
    let chance = random::bytes().map_err(|error| io::Error::other(error.to_string()))?;
    receiver.talk(line, chance, |incident| tell(&incident))
}

fn tell(incident: &Incident) {
    let said = match incident {
        Incident::Acknowledged(name) => {
            writeln!(io::stdout(), "受け取りました: 目録{}番、記録{}件まで。", name.first, name.last)
        }
        Incident::Refused { name: Some(name), reason } => writeln!(io::stdout(), "断りました: {name}: {reason}"),
        Incident::Refused { name: None, reason } => writeln!(io::stdout(), "断りました: {reason}"),
    };
    // Nobody watches: the folder tells as well.
    drop(said);
}
