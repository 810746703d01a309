"""No worker is forked while the parent is in the database's library: it would hang at its first connection; and what a
worker has loaded is not looked through again."""

import gc
import os
import threading
import weakref

from servicekit.web_server import keep_for_good, not_while_forking


def _fork(forked: threading.Event) -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    forked.set()


def _forked_during(check) -> bool:
    """Whether a fork that is asked for during the check is done before the check is over."""
    begun, end, forked = threading.Event(), threading.Event(), threading.Event()

    def hold() -> None:
        begun.set()
        end.wait(30)

    checking = threading.Thread(target=check(hold))
    checking.start()
    begun.wait(30)
    forking = threading.Thread(target=_fork, args=(forked,))
    forking.start()
    done = forked.wait(1)
    end.set()
    checking.join(30)
    forking.join(30)
    assert forked.is_set(), "once the check is over, the fork goes on"
    return done


def test_a_fork_waits_for_a_check_that_is_under_way():
    assert not _forked_during(not_while_forking)


def test_without_that_it_does_not_wait():
    assert _forked_during(lambda check: check)


def test_what_is_loaded_is_kept_for_good_and_what_a_page_leaves_is_still_collected():
    before = gc.get_threshold()
    try:
        keep_for_good()
        assert gc.get_freeze_count() > 10_000
        ring = Ring()
        ring.me, gone = ring, weakref.ref(ring)
        del ring
        gc.collect()
        assert gone() is None
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


class Ring:
    """Nothing but a collection of garbage ends one that holds itself."""

    me: "Ring"
