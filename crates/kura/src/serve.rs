use std::io::{self, IsTerminal, Write};
use std::net::TcpListener;
use std::sync::Arc;

use kura_desk::{Lease, Published, Room};
use kura_journal::Purpose;
use kura_platform::stop;
use kura_web::{Ending, House, HouseError, Parts};

use crate::cli::Serve;
use crate::home::{Home, Keys, OpenOffice, SystemClock, SystemEntropy};
use crate::payroll;
use crate::stop::Stop;

/// `kura serve`: the desk in the browser, until somebody asks it to end.
pub(crate) fn run(arguments: &Serve) -> Result<(), Stop> {
    if !arguments.listen.ip().is_loopback() {
        return Err(Stop::wrong_use(
            format!("{} では待ち受けません。通信がまだ暗号化されないためです。", arguments.listen),
            "--listen 127.0.0.1:8787 のように、この機械の中の場所を指定してください。",
        ));
    }
    let listener = TcpListener::bind(arguments.listen).map_err(|error| {
        Stop::named(
            format!("{} で待ち受けられません（{error}）。", arguments.listen),
            "ほかの kura serve が動いていないかを確かめるか、--listen で別のポートを指定してください。",
        )
    })?;
    let port = listener.local_addr()?.port();
    let OpenOffice { room, scope, keys } = Home::at(&arguments.dir).open(Purpose::Administration)?;
    let lease = keys.lease(Purpose::Administration)?;
    let lent_until = lease.until.get();
    room.renew(lease)?;
    begin_log();
    let mut words = io::stdout().lock();
    writeln!(words, "机を開きました: http://localhost:{port}")?;
    if !room.anybody_enrolled()? {
        let slip = room.issue_slip(&scope, &room.user_of(&scope)?.name)?;
        writeln!(words, "最初の管理者の利用者名: {}", slip.user.name)?;
        writeln!(words, "登録コード: {}", slip.code.as_str())?;
        writeln!(words, "http://localhost:{port}/begin を開いて入力してください（24時間以内に1回だけ使えます）。")?;
    }
    writeln!(words, "止めるには Ctrl-C を押します。")?;
    words.flush()?;
    drop(words);
    let ending = Ending::default();
    let asked = ending.clone();
    stop::when_asked(move || asked.ask()).map_err(|error| Stop::named(error, ""))?;
    let house = Box::new(Installation(keys));
    let parts = Parts { room, lent_until, house, clock: Arc::new(SystemClock), entropy: Arc::new(SystemEntropy) };
    Ok(kura_web::serve(parts, listener, &ending)?)
}

/// One line a request on standard error: words on a terminal, JSON in a pipe.
fn begin_log() {
    let lines = tracing_subscriber::fmt().with_writer(io::stderr).with_target(false);
    if io::stderr().is_terminal() {
        lines.with_ansi(false).init();
    } else {
        lines.json().init();
    }
}

/// The vault lends and signs for the desk.
struct Installation(Keys);

impl House for Installation {
    fn lease(&self) -> Result<Lease, HouseError> {
        self.0.lease(Purpose::Administration).map_err(words)
    }

    fn witness(&self, room: &Room) -> Result<(), HouseError> {
        self.0.witness(room).map_err(words)
    }

    fn write_outputs(&self, published: Published) -> Result<String, HouseError> {
        payroll::write_outputs(&self.0.home, published).map(|place| place.display().to_string()).map_err(words)
    }
}

fn words(stop: Stop) -> HouseError {
    HouseError(match stop {
        Stop::Named { message, .. } | Stop::WrongUse { message, .. } => message,
        Stop::OutputClosed => "出力先が閉じています。".to_owned(),
    })
}
