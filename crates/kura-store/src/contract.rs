//! The contract: what every backend must do, as tests that each of them runs ([`contract!`](crate::contract!)).
//!
//! Only tests use it, so it panics where a promise is broken.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking and owns its data")]

pub mod commits;
pub mod history;
pub mod journal;
pub mod keyring;
pub mod offices;
pub mod queue;
pub mod reads;
pub mod restores;
pub mod verified;
pub mod world;

pub use world::{Fresh, Lent, World};

/// Runs the contract against a backend: `contract!(fresh)`, where `fresh` makes an empty store of a [`Lent`].
#[macro_export]
macro_rules! contract {
    ($fresh:expr) => {
        $crate::contract!(@ $fresh;
            commits: a_commit_is_read_back, a_conflict_names_the_record_and_leaves_nothing,
                a_deletion_takes_a_version, a_repeated_request_gets_the_first_receipt,
                a_request_that_was_refused_may_come_again, what_no_entry_tells_is_refused,
                one_commit_may_not_name_a_record_twice, limits_are_kept;
            reads: many_are_read_each_in_its_place, keys_follow_their_record, pages_of_an_index_are_whole,
                a_snapshot_does_not_move;
            journal: entries_hang_together, large_commits_have_several_entries, time_never_runs_backwards,
                an_entry_that_cannot_be_sealed_leaves_nothing;
            verified: proofs_come_from_what_is_kept, a_journal_leaves_as_a_file_and_is_verified;
            history: every_version_is_kept_in_order, history_goes_only_as_far_as_acknowledged,
                the_past_is_what_was_seen_then;
            keyring: a_wrap_comes_changes_and_goes_for_ever;
            offices: an_office_is_made_once_and_listed, another_offices_ids_find_nothing,
                the_house_is_none_of_the_offices;
            restores: a_replayed_office_is_the_same, an_office_comes_back_from_a_moment_and_what_followed,
                a_damaged_copy_is_refused_at_its_first_wrong_entry,
                a_restored_office_takes_commits_after_it_is_promoted;
            queue: commits_of_many_threads_all_arrive, one_that_fails_does_not_hold_up_the_others;
        );
    };
    (@ $fresh:expr; $($group:ident: $($test:ident),+;)+) => {$(
        mod $group {
            $(#[test]
            fn $test() {
                $crate::contract::$group::$test(&$fresh);
            })+
        }
    )+};
}
