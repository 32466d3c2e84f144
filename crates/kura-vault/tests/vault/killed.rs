//! The vault dies: by a signal, in the middle of a call, again and again.

use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crate::house::{House, PROGRAM, payroll};
use kura_vault::{ClientError, VaultProcess};

/// The signal of this name, by the system's own program: the house has no unsafe calls.
fn signal(name: &str, process: &VaultProcess) {
    let sent = Command::new("kill").args([name, &process.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

#[test]
fn it_is_killed_in_the_middle_of_a_call_and_works_again() {
    let house = House::new();
    let vault = house.start();
    let client = house.client();
    let (office, _) = house.office();
    // Stopped, it takes the call and does not answer; killed, it takes the call along.
    signal("-STOP", &vault);
    let waiting = thread::spawn({
        let client = client.clone();
        move || client.lease(&payroll(office))
    });
    while fs::read_to_string("/proc/net/unix").unwrap_or_default().matches(&*socket(&house)).count() < 2 {
        thread::yield_now();
    }
    signal("-KILL", &vault);
    assert!(matches!(waiting.join().unwrap(), Err(ClientError::Died)));
    assert!(matches!(client.lease(&payroll(office)), Err(ClientError::NotRunning)));
    drop(vault);
    let _vault = house.start();
    client.lease(&payroll(office)).unwrap();
}

fn socket(house: &House) -> String {
    house.home.folder().join("vault.sock").display().to_string()
}

#[test]
fn killed_again_and_again_it_loses_no_line_that_was_answered() {
    let house = House::new();
    let mut vault = house.start();
    let (office, _) = house.office();
    let (client, over) = (house.client(), AtomicBool::new(false));
    let ask_on = || {
        let mut answered = 0;
        while !over.load(Ordering::SeqCst) {
            match client.lease(&payroll(office)) {
                Ok(lease) => answered = lease.line.seq.max(answered),
                Err(ClientError::Died | ClientError::NotRunning) => thread::yield_now(),
                Err(other) => panic!("{other}"),
            }
        }
        answered
    };
    let last = thread::scope(|scope| {
        let asking = [scope.spawn(ask_on), scope.spawn(ask_on)];
        for _ in 0..10 {
            let size = client.status().unwrap().journal_size;
            while client.status().unwrap().journal_size < size + 5 {}
            signal("-KILL", &vault);
            vault.end();
            vault = house.start();
        }
        over.store(true, Ordering::SeqCst);
        asking.map(|asking| asking.join().unwrap()).into_iter().max().unwrap()
    });
    // The journal was read and compared with its checkpoint at each start; nothing answered is missing.
    let size = client.status().unwrap().journal_size;
    assert!(last > 50 && size >= last, "{size} lines, {last} answered");
}

#[test]
fn it_ends_well_when_the_system_asks() {
    let house = House::new();
    let mut options = house.options();
    options.with_parent = false;
    for name in ["-TERM", "-INT", "-HUP"] {
        let mut vault = Command::new(PROGRAM)
            .args(options.arguments())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut ready = [0; 16];
        vault.stdout.as_mut().unwrap().read_exact(&mut ready).unwrap();
        house.client().status().unwrap();
        assert!(Command::new("kill").args([name, &vault.id().to_string()]).status().unwrap().success());
        assert!(vault.wait().unwrap().success(), "{name}");
        assert!(!house.home.folder().join("vault.sock").exists());
    }
}
