//! A line to another machine, and a sender that has everything the honest one has.

use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::mpsc::{Receiver as Heard, channel};
use std::thread::JoinHandle;

use kura_archive::{
    Chain, Class, Demand, Folder, Incident, ObjectName, Pairing, Put, Receiver, Sender, Target, TargetError, prove,
};
use kura_id::OfficeId;
use kura_store::contract::world::{SLIP, name, office, put};
use zeroize::Zeroizing;

use crate::given::{World, files, opens, present, restored_from};

fn pairing(of: OfficeId, byte: u8) -> Pairing {
    Pairing::new(of, Zeroizing::new([byte; 32]))
}

/// A receiver on a port of its own that takes one call after the other until nobody calls any more.
struct Machine {
    address: String,
    incidents: Heard<Incident>,
    _thread: JoinHandle<()>,
}

impl Machine {
    fn start(world: &World, reserve_bytes: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let receiver = Arc::new(Receiver::new(world.target(), pairing(world.office.id(), 1), reserve_bytes));
        let (tell, incidents) = channel();
        let thread = std::thread::spawn(move || {
            for (line, number) in listener.incoming().zip(0_u8..) {
                let (receiver, tell) = (Arc::clone(&receiver), tell.clone());
                // A broken talk is the sender's, and the next one is heard.
                std::thread::spawn(move || {
                    let _ = receiver.talk(line.unwrap(), [100 + number; 32], |incident| drop(tell.send(incident)));
                });
            }
        });
        Self { address, incidents, _thread: thread }
    }

    fn call(&self, world: &World) -> Sender<TcpStream> {
        Sender::connect(&self.address, &pairing(world.office.id(), 1), [9; 32]).unwrap()
    }

    fn refused(&self) -> usize {
        self.incidents.try_iter().filter(|incident| matches!(incident, Incident::Refused { .. })).count()
    }
}

fn lived() -> World {
    let world = World::new(1);
    for number in 1..20 {
        world.commit(vec![put(name(SLIP, number), 0, b"slip")]);
    }
    world
}

#[test]
fn an_office_ships_to_another_machine_and_comes_back_from_it() {
    let world = lived();
    let machine = Machine::start(&world, 0);
    world.ship_to(&machine.call(&world)).unwrap();
    world.commit(vec![put(name(SLIP, 3), 1, b"second")]);
    let shipped = world.ship_to(&machine.call(&world)).unwrap();
    assert_eq!(world.ship_to(&machine.call(&world)).unwrap().stored, 0);
    let acknowledged: Vec<Incident> = machine.incidents.try_iter().collect();
    assert_eq!(acknowledged.last(), Some(&Incident::Acknowledged(shipped.manifest.unwrap())));
    let (to, _) = world.restored(&Demand { open: Some(&opens), ..Demand::default() }).unwrap();
    assert_eq!(present(&*to), present(&*world.office));
    assert_eq!(world.office.head().unwrap().acknowledged_before, 21);
}

#[test]
fn who_does_not_know_the_secret_is_not_heard_and_not_believed() {
    let world = lived();
    let machine = Machine::start(&world, 0);
    let stranger = Sender::connect(&machine.address, &pairing(world.office.id(), 2), [9; 32]);
    assert!(matches!(stranger.err(), Some(TargetError::Unavailable { .. })));
    // Our own chance sent back proves nothing.
    let echo = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = echo.local_addr().unwrap().to_string();
    let thread = std::thread::spawn(move || {
        let (mut line, _) = echo.accept().unwrap();
        let mut back = line.try_clone().unwrap();
        let _ = std::io::copy(&mut line, &mut back);
    });
    let fooled = Sender::connect(&address, &pairing(world.office.id(), 1), [9; 32]);
    assert!(fooled.is_err());
    thread.join().unwrap();
    assert!(world.ship_to(&machine.call(&world)).is_ok());
}

#[test]
fn a_sender_gone_bad_adds_and_does_nothing_else() {
    let world = lived();
    let machine = Machine::start(&world, 0);
    world.ship_to(&machine.call(&world)).unwrap();
    world.commit(vec![put(name(SLIP, 3), 1, b"second")]);
    let newest = world.ship_to(&machine.call(&world)).unwrap().manifest.unwrap();
    let before = files(&world);
    let kept: Vec<Vec<u8>> = before.iter().map(|path| std::fs::read(path).unwrap()).collect();
    let chain = Chain::read(&world.target(), world.office.id(), None).unwrap();
    let old = chain.newest().previous.unwrap();

    let bad = machine.call(&world);
    let id = world.office.id();
    let refused = |result: Result<Put, TargetError>| matches!(result, Err(TargetError::Refused { .. }));
    // Other bytes under a name that is there: they are not even asked for. Under a new name they must fit it.
    assert_eq!(bad.put(&newest, b"encrypted"), Ok(Put::AlreadyThere));
    assert!(refused(bad.put(&ObjectName::of(id, Class::Journal, 1, 9, b"one"), b"other")));
    // An old manifest is there already; a new one must go on from the newest, be signed, and list what is here.
    let bytes = std::fs::read(world.target().place(&old)).unwrap();
    assert_eq!(bad.put(&old, &bytes), Ok(Put::AlreadyThere));
    let garbage = b"garbage";
    assert!(refused(bad.put(&ObjectName::of(id, Class::Manifest, 3, 99, garbage), garbage)));
    assert!(refused(bad.put(&ObjectName::of(id, Class::Manifest, 999, 99, garbage), garbage)));
    let again = ObjectName::of(id, Class::Manifest, 3, old.last, &bytes);
    assert!(refused(bad.put(&again, &bytes)));
    let text = String::from_utf8(std::fs::read(world.target().place(&newest)).unwrap()).unwrap();
    let forged = text.replace("\"number\":2", "\"number\":3").replace(&old.to_string(), &newest.to_string());
    let mut forgeries = vec![forged.clone()];
    // Without entries of its own, with another key, with an object that never came.
    forgeries.push(forged.replace("\"entries\":20", "\"entries\":21"));
    forgeries.push(forged.replace("ed25519:", "ed25519:A"));
    forgeries.push(forged.replacen("/journal/000000000000020", "/journal/000000000000019", 1));
    for (forgery, is_harmless) in forgeries.iter().zip([true, false, false, false]) {
        let entries = if forgery.contains("\"entries\":21,\"checkpoint") { 21 } else { 20 };
        let name = ObjectName::of(id, Class::Manifest, 3, entries, forgery.as_bytes());
        // The first one says nothing that is not true: what was shipped is shipped. It is left out here, since it would count.
        assert!(is_harmless || refused(bad.put(&name, forgery.as_bytes())), "{forgery}");
    }
    // Another office, garbage in the archive, and far too much.
    assert!(refused(bad.put(&ObjectName::of(office(7), Class::Journal, 1, 1, b"x"), b"x")));
    assert_eq!(bad.put(&ObjectName::of(id, Class::State, 1, 1, b"noise"), b"noise"), Ok(Put::Stored));
    assert!(machine.refused() >= 7);

    for (path, bytes) in before.iter().zip(kept) {
        assert_eq!(std::fs::read(path).unwrap(), bytes);
    }
    assert_eq!(world.target().newest_manifest(id).unwrap(), Some(newest));
    let proven = world.proven().unwrap();
    let (to, _) = restored_from(&world.target(), &proven, &id, &world.lent).unwrap();
    assert_eq!(present(&*to), present(&*world.office));
    // And the honest sender goes on.
    world.commit(vec![put(name(SLIP, 50), 0, b"later")]);
    world.ship_to(&machine.call(&world)).unwrap();
    prove(&world.target(), &Chain::read(&world.target(), id, None).unwrap(), &Demand::default()).unwrap();
}

#[test]
fn a_disk_is_not_filled_to_its_end() {
    let world = lived();
    let machine = Machine::start(&world, u64::MAX / 2);
    let failed = world.ship_to(&machine.call(&world)).err().unwrap();
    assert!(matches!(failed, kura_archive::ShipError::Target(TargetError::Full)), "{failed}");
    assert!(!world.folder.path().join("target").exists());
}

#[test]
fn a_changed_byte_on_the_line_ends_the_talk() {
    let world = lived();
    let relay = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = relay.local_addr().unwrap().to_string();
    let machine = Machine::start(&world, 0);
    let behind = machine.address.clone();
    std::thread::spawn(move || {
        let (sender, _) = relay.accept().unwrap();
        let receiver = TcpStream::connect(behind).unwrap();
        let (mut from, mut to) = (receiver.try_clone().unwrap(), sender.try_clone().unwrap());
        std::thread::spawn(move || std::io::copy(&mut from, &mut to));
        let (mut from, mut to) = (sender, receiver);
        let mut buffer = [0; 512];
        let mut passed = 0_usize;
        while let Ok(length @ 1..) = std::io::Read::read(&mut from, &mut buffer) {
            if passed + length > 1_500 && passed <= 1_500 {
                buffer[1_500 - passed] ^= 1;
            }
            passed += length;
            if std::io::Write::write_all(&mut to, &buffer[..length]).is_err() {
                break;
            }
        }
        let _ = to.shutdown(std::net::Shutdown::Both);
        let _ = from.shutdown(std::net::Shutdown::Both);
    });
    let line = TcpStream::connect(&address).unwrap();
    line.set_read_timeout(Some(std::time::Duration::from_secs(2))).unwrap();
    let through = Sender::over(line, &pairing(world.office.id(), 1), [9; 32]).unwrap();
    assert!(matches!(world.ship_to(&through), Err(kura_archive::ShipError::Target(TargetError::Unavailable { .. }))));
    assert_eq!(Folder::at(world.target().root()).newest_manifest(world.office.id()).unwrap(), None);
    world.ship_to(&machine.call(&world)).unwrap();
    world.proven().unwrap();
}

#[test]
fn a_pairing_is_a_file_of_its_owner() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("pairing");
    pairing(office(1), 7).write_new(&path).unwrap();
    assert!(pairing(office(1), 8).write_new(&path).is_err(), "never over another");
    let read = Pairing::read(&path).unwrap();
    assert_eq!(read.office(), office(1));
    let text = std::fs::read_to_string(&path).unwrap();
    for wrong in [text.replace("07", "0x"), text.replace("kura", "cura"), text.replacen('7', "", 1), String::new()] {
        std::fs::write(&path, wrong).unwrap();
        assert!(Pairing::read(&path).is_err());
    }
}
