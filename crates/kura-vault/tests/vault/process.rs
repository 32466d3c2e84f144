//! The vault as a process of its own: started, asked, ended.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::house::{House, PROGRAM, by, payroll};
use kura_journal::{Action, Checkpoint, ContentHash, Detail, LogEpoch, LogOrigin, Purpose, TreeHash};
use kura_platform::clock;
use kura_platform::socket::Line;
use kura_vault::{ClientError, LeaseRequest, Refusal, StartError, Theft, VaultProcess};
use zeroize::Zeroizing;

#[test]
fn a_key_is_borrowed_and_both_journals_can_tell() {
    let house = House::new();
    let mut vault = house.start();
    let client = house.client();
    let (office, recovery) = house.office();
    let request = payroll(office);
    let before = clock::unix_millis().unwrap();
    let lease = client.lease(&request).unwrap();
    assert!((before + 900_000..before + 960_000).contains(&lease.until.get()));
    assert_eq!((lease.entry.office, lease.entry.action), (office, Action::Lease));
    assert_eq!((lease.entry.purpose, lease.entry.request), (Purpose::Payroll, Some(request.by.request)));
    assert_eq!(lease.entry.detail, Some(Detail::Lease { key_epoch: 1, until: lease.until }));
    assert_eq!(lease.entry.artefact, Some(ContentHash::from_bytes(lease.line.leaf().bytes())));
    lease.entry.encode().unwrap();
    assert_eq!(client.status().unwrap().journal_size, lease.line.seq);

    // Rotation: each key opens its own epoch, and the sheet opens both.
    let second = client.rotate(office, by()).unwrap();
    let newest = client.lease(&payroll(office)).unwrap();
    assert!(newest.key == recovery.unwrap_data_key(office, &second.for_recovery).unwrap());
    let first = client.lease(&LeaseRequest { epoch: Some(1), ..payroll(office) }).unwrap();
    assert!(first.key == lease.key && first.key != newest.key);

    let checkpoint =
        Checkpoint { origin: LogOrigin { office, epoch: LogEpoch::FIRST }, size: 0, root: TreeHash::EMPTY };
    assert_eq!(client.sign(&checkpoint, &house.verifier).unwrap().checkpoint(), &checkpoint);

    assert!(vault.end(), "the vault ends well when its parent closes the pipe");
    assert!(matches!(client.lease(&request), Err(ClientError::NotRunning)));
    assert!(!house.home.folder().join("vault.sock").exists());
}

#[test]
fn it_says_what_it_gave_up_and_what_a_theft_would_open() {
    let house = House::new();
    let vault = house.start();
    let status = house.client().status().unwrap();
    assert_eq!(status.log_verifier, house.verifier.to_string());
    assert!(status.open && !status.asks_a_person && status.waiting.is_empty());
    let names: Vec<_> = status.confinement.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["コアダンプの禁止", "メモリーのスワップ禁止", "フォルダーの制限", "システムコールの制限"]);
    assert_eq!(kura_vault::custody(&house.home).unwrap()[0].theft(), Theft::DiskOpens);
    if cfg!(target_os = "linux") {
        assert_eq!(status.confinement[0].1, "有効");
        let about = fs::read_to_string(format!("/proc/{}/status", vault.id())).unwrap();
        let locked = about.lines().find_map(|line| line.strip_prefix("VmLck:")).unwrap().trim();
        assert_ne!(locked, "0 kB", "the pages of its keys at least");
        assert_eq!(status.confinement[3].1 == "有効", about.contains("\nSeccomp:\t2\n"));
        let limits = fs::read_to_string(format!("/proc/{}/limits", vault.id()));
        // Who is not root may not even look.
        if let Ok(limits) = limits {
            let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
            assert_eq!(core.split_whitespace().rev().nth(1), Some("0"), "{core}");
        }
    }
}

#[test]
fn a_second_vault_on_the_folder_says_why_it_does_not_start() {
    let house = House::new();
    let _vault = house.start();
    let second = Command::new(PROGRAM).args(house.options().arguments()).stdin(Stdio::piped()).output().unwrap();
    assert_eq!(second.status.code(), Some(1));
    assert!(String::from_utf8(second.stderr).unwrap().contains("すでに動いています"));
    house.client().status().unwrap();
}

#[test]
fn a_job_waits_for_a_person_and_goes_on() {
    let house = House::new();
    let mut vault = house.start();
    let client = house.client();
    let (office, _) = house.office();
    let passphrase = Zeroizing::new("とても長い合言葉にしました".to_owned());
    client.ask_a_person(&passphrase, by()).unwrap();
    assert!(vault.end());
    let _vault = house.start();
    let lease = thread::scope(|scope| {
        let job = scope.spawn(|| client.lease_when_open(&payroll(office), Duration::from_millis(5), |_| true));
        while client.status().unwrap().waiting.is_empty() {
            thread::yield_now();
        }
        let waiting = client.status().unwrap().waiting;
        assert_eq!((waiting[0].office, waiting[0].purpose), (office, Purpose::Payroll));
        client.unlock(&passphrase, by()).unwrap();
        job.join().unwrap()
    });
    assert_eq!(lease.unwrap().entry.office, office);
    client.lock(by()).unwrap();
    let given_up = client.lease_when_open(&payroll(office), Duration::ZERO, |_| false);
    assert!(matches!(given_up, Err(ClientError::Refused(Refusal::Locked))));
}

#[test]
fn noise_on_the_line_is_answered_or_cut_and_the_vault_lives() {
    let house = House::new();
    let _vault = house.start();
    let calls: [&[u8]; 6] = [
        b"GET / HTTP/1.1\r\n\r\n",
        &[0, 1, 255, 255, 255, 255, 255, 255],
        &[0, 1, 0, 0, 0, 2, 0, 0, b'{', b'}'],
        &[0, 1, 0, 0, 0, 9, 0, 0, b'"', b's', b't', b'a', b't', b'u', b'x', b'"', b' '],
        &[0, 1],
        b"",
    ];
    for call in calls {
        let mut line = Line::connect(&house.home.address()).unwrap();
        line.write_all(call).unwrap();
        if call.len() >= 8 {
            let mut answer = vec![0; 8];
            line.read_exact(&mut answer).unwrap();
            let mut message = vec![0; usize::from(answer[5])];
            line.read_exact(&mut message).unwrap();
            assert_eq!(String::from_utf8(message).unwrap(), r#"{"refused":"not_understood"}"#);
        }
    }
    house.client().status().unwrap();
}

#[test]
fn a_stolen_folder_without_the_key_opens_nothing() {
    let house = House::new();
    let mut vault = house.start();
    let (office, _) = house.office();
    let passphrase = Zeroizing::new("とても長い合言葉にしました".to_owned());
    house.client().ask_a_person(&passphrase, by()).unwrap();
    let key = house.client().lease(&payroll(office)).unwrap().key;
    assert!(vault.end());
    let server_key = fs::read_to_string(&house.key).unwrap();
    let digits = server_key.split(':').nth(1).unwrap().to_owned();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let mut looked_at = 0;
    let mut folders = vec![house.home.dir().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
                continue;
            }
            let bytes = fs::read(entry.path()).unwrap();
            let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
            assert!(!holds(key.expose()) && !holds(hex(key.expose()).as_bytes()), "{:?}", entry.path());
            assert!(!holds(digits.as_bytes()) && !holds(passphrase.as_bytes()), "{:?}", entry.path());
            looked_at += 1;
        }
    }
    assert!(looked_at >= 6, "{looked_at} files");
    fs::remove_file(&house.key).unwrap();
    let started = VaultProcess::start(Path::new(PROGRAM), &[], &house.options());
    assert!(matches!(started, Err(StartError::Ended)));
}
