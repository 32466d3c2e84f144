//! What a process gives up. Landlock confines a thread, so the test gives up one of its own.
#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "a test may read and write")]

use std::fs;
use std::net::{TcpListener, UdpSocket};
use std::os::unix::net::UnixStream;
use std::process::Command;
use std::thread;

use kura_platform::confine::{Reached, Shortfall, confine};
use kura_platform::files;

#[test]
fn a_confined_thread_reaches_its_folder_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let open = folder.path().join("open");
    let shut = folder.path().join("shut");
    for folder in [&open, &shut] {
        files::create_private_folder(folder).unwrap();
        fs::write(folder.join("file"), b"words").unwrap();
    }
    let inside = (open.clone(), shut.clone());
    let (confinement, own, other, outside) = thread::spawn(move || {
        let confinement = confine(&[&inside.0]);
        let own = files::replace_private(&inside.0.join("file"), b"new");
        let sockets = [TcpListener::bind("127.0.0.1:0").err(), UdpSocket::bind("127.0.0.1:0").err()];
        let program = Command::new("/bin/true").status().err();
        let local = UnixStream::pair().err();
        (confinement, own, fs::read(inside.1.join("file")), (sockets, program, local))
    })
    .join()
    .unwrap();
    own.unwrap();
    assert_eq!(confinement.no_core_dumps, Reached::Fully);
    assert!(matches!(confinement.memory_locked, Reached::Fully | Reached::Partly(_)));
    // A kernel without Landlock says so, and then nothing is shut.
    match confinement.shut_in {
        Reached::NotAtAll(Shortfall::NoLandlock) => assert_eq!(other.unwrap(), b"words"),
        Reached::NotAtAll(shortfall) => panic!("{shortfall}"),
        Reached::Fully | Reached::Partly(_) => {
            assert_eq!(other.unwrap_err().kind(), std::io::ErrorKind::PermissionDenied);
        }
    }
    let (sockets, program, local) = outside;
    assert!(local.is_none());
    if confinement.calls_limited == Reached::Fully {
        for refused in sockets.into_iter().chain([program]) {
            assert_eq!(refused.unwrap().kind(), std::io::ErrorKind::PermissionDenied);
        }
    }
    for (name, reached) in confinement.each() {
        println!("{name}: {reached}");
    }
}
