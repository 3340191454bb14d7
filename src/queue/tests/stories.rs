//! What a person does to groups, and what comes of it.

use super::story::tell;

#[test]
fn nothing_starts_unasked() {
    tell(
        "new g                  =+ save g
         is g suspended incomplete+suspended
         resume g               => ! empty
         is g suspended incomplete+suspended
         add g 2@a              =+ save g
         is g suspended incomplete+suspended
         resume g               => start g1
         is g connecting incomplete
         resume g               =>
         begun g1 100           => start g2
         is g transferring incomplete
         got g1 40
         is g1 transferring 40/100
         written g1 100         =>
         is g1 verifying 100/100
         done g1                => g1 is complete
         is g connecting incomplete
         failed g2 404          => g2 http_status, g failed
         is g error incomplete+suspended+error"
            .replace("g2 http_status", "g2 not_found")
            .as_str(),
    );
}

#[test]
fn all_complete_is_told_once() {
    tell(
        "add g 1@a start        => start g1
         begun g1 100
         written g1 100
         done g1                => g1 is complete, g is complete
         done g1                =>
         is g complete complete
         suspend g              =>
         resume g               =>
         is g complete complete
         wait 100               =>",
    );
}

#[test]
fn a_place_is_free_when_the_last_byte_is_written() {
    tell(
        "limits parallel=1
         add g 2@a start        => start g1
         begun g1 100           =>
         written g1 100         => start g2
         done g1                => g1 is complete",
    );
}

#[test]
fn suspend_keeps_every_byte_and_resume_waits_for_the_stop() {
    tell(
        "add g 1@a start        => start g1
         begun g1 100
         got g1 30
         suspend g              =+ stop g1, save g
         is g suspended incomplete+suspended
         is g1 suspended 30/100
         suspend g              =>
         resume g               =>
         is g1 queued 30/100
         got g1 40
         stopped g1             => start g1
         is g1 connecting 40/100
         failed g1 lost late    =>
         begun g1 100
         is g1 transferring 0/100",
    );
}

#[test]
fn a_file_that_is_written_finishes_in_a_suspended_group() {
    tell(
        "add g 2@a start        => start g1
         begun g1 100           => start g2
         written g1 100
         suspend g              => stop g2
         stopped g2             =>
         is g verifying incomplete+suspended
         done g1                => g1 is complete
         is g suspended incomplete+suspended",
    );
}

#[test]
fn faster_than_the_stop() {
    tell(
        "add g 1@a start
         suspend g              => stop g1
         written g1 100
         is g1 suspended
         done g1                => g1 is complete, g is complete
         is g complete complete",
    );
}

#[test]
fn a_late_failure_of_a_suspended_file_is_a_stop() {
    tell(
        "add g 1@a start
         suspend g              => stop g1
         failed g1 404          =>
         is g1 suspended
         resume g               => start g1",
    );
}

#[test]
fn resume_tries_again_at_once() {
    tell(
        "add g 2@a start
         failed g1 404          => g1 not_found, start g2
         failed g2 lost         => g2 waits retry
         is g waiting:retry incomplete+error
         resume g               => start g1, start g2
         failed g1 404          => g1 not_found
         failed g2 404          => g2 not_found, g failed
         is g error incomplete+suspended+error
         resume g               => start g1, start g2
         is g connecting incomplete",
    );
}

#[test]
fn cancel_discards_only_what_has_stopped() {
    tell(
        "add g 3@a start
         begun g1 100           => start g2
         begun g2 100
         done g1                => g1 is complete, start g3
         cancel g               => stop g2, stop g3
         is g cancelled
         is g1 complete
         is g2 cancelled
         begun g3 100           =>
         stopped g2             => discard g2
         stopped g3             => discard g3
         cancel g               => ! wrong state: cancelled
         resume g               => ! wrong state: cancelled
         suspend g              => ! wrong state: cancelled
         add g 1@a start        => ! wrong state: cancelled
         remove g               => forget g, g removed",
    );
}

#[test]
fn cancel_a_stopped_group_discards_at_once() {
    tell(
        "add g 2@a start
         begun g1 100
         suspend g
         stopped g1
         stopped g2
         cancel g               => discard g1
         wait 1                 =>",
    );
}

#[test]
fn cancel_can_delete_what_is_finished_and_ours() {
    tell(
        "add g 4@a start
         begun g1 100
         done g1
         done g2 existed
         begun g3 100
         written g3 100
         cancel g delete        => stop g3, stop g4, delete g1
         done g3                => delete g3
         stopped g4             =>"
            .replace("stop g3, stop g4, delete g1", "delete g1, stop g3, stop g4")
            .as_str(),
    );
}

#[test]
fn a_cancelled_group_may_leave_the_list_before_its_workers_have() {
    tell(
        "add g 1@a start
         begun g1 100
         cancel g               => stop g1
         remove g               => forget g, g removed
         remove g               => ! not found
         stopped g1             => discard g1",
    );
}

#[test]
fn only_what_is_at_an_end_can_be_removed() {
    tell(
        "new g
         remove g               => ! wrong state: suspended
         add g 1@a start
         remove g               => ! wrong state: connecting
         failed g1 404
         add h 1@a
         remove g h             => ! wrong state: suspended
         is g error
         remove g               => forget g, g removed
         add i 2@a start
         failed i1 404
         suspend i
         is i suspended incomplete+suspended+error
         remove i               => ! wrong state: suspended",
    );
}

#[test]
fn adding_to_a_finished_group_makes_it_incomplete_again() {
    tell(
        "add g 1@a start
         done g1                => g1 is complete, g is complete
         add g 1@a              =>
         is g suspended incomplete+suspended
         resume g               => start g2
         done g2                => g2 is complete, g is complete",
    );
}

#[test]
fn adding_to_a_running_group_starts_nothing_unasked() {
    tell(
        "add g 1@a start        => start g1
         add g 1@a              =>
         is g2 suspended
         is g connecting incomplete
         done g1                => g1 is complete
         is g suspended incomplete+suspended
         add g 1@a start        => start g2, start g3",
    );
}

#[test]
fn one_bad_file_holds_up_no_other() {
    tell(
        "limits parallel=1
         add g 3@a start        => start g1
         failed g1 lost         => g1 waits retry, start g2
         begun g2 10
         wait 2                 =>
         is g1 queued
         done g2 10             => g2 is complete, start g1
         failed g1 404          => g1 not_found, start g3
         done g3                => g3 is complete, g failed",
    );
}

#[test]
fn foreground_is_live_and_there_is_a_way_back() {
    tell(
        "add g 1@a start low
         foreground g           =+ repace g, save g
         is g connecting foreground+incomplete
         foreground g           =>
         background g           => repace g
         is g connecting incomplete
         background g           =>
         priority g high        => repace g
         foreground g
         priority g normal
         background g           =>
         set g limit=500k       => repace g
         mode full              => program, repace g
         mode full              =>",
    );
}

#[test]
fn another_url() {
    tell(
        "add g 2@a start        => start g1
         begun g1 100           => start g2
         link g1 b              => stop g1
         is g1 queued
         stopped g1             => start g1
         failed g2 404          => g2 not_found
         link g2 c              => start g2
         done g1                => g1 is complete
         link g1 d              => ! wrong state: complete
         failed g2 404          => g2 not_found, g failed
         link g2 d              =>
         is g suspended incomplete+suspended
         resume g               => start g2
         suspend g              => stop g2
         link g2 e              =>
         cancel g               =>
         stopped g2             =>",
    );
}

#[test]
fn another_url_in_line() {
    tell(
        "limits parallel=1
         add g 3@a start        => start g1
         link g2 b              =>
         begun g1 10            =>
         link g3 b              =>
         done g1                => g1 is complete, start g3
         failed g3 lost         => g3 waits retry, start g2
         link g3 a              =>
         done g2                => g2 is complete, start g3",
    );
}

#[test]
fn the_source_changed() {
    tell(
        "add g 1@a start
         begun g1 100
         got g1 60
         over g1                => g1 starts over
         is g1 transferring 0/?
         begun g1 50
         is g1 transferring 0/50",
    );
}
