"""Keys are announced, then destroyed; batches are made once."""

from eventkit.testing.spec import given
from notifications.domain.print_batch import MakePrintBatch, PrintBatchMade, print_batch
from notifications.domain.print_key import (
    AnnouncePrintKey,
    DestroyPrintKey,
    PrintKeyAnnounced,
    PrintKeyDestroyed,
    print_key,
)

ANNOUNCED, DESTROYED = PrintKeyAnnounced("k1", "cHVibGlj"), PrintKeyDestroyed("k1")


def test_a_key_is_announced_then_destroyed():
    after = given(print_key).when(AnnouncePrintKey("k1", "cHVibGlj")).then(ANNOUNCED)
    after.when(DestroyPrintKey("k1")).then(DESTROYED)


def test_a_key_is_destroyed_once():
    given(print_key, ANNOUNCED, DESTROYED).when(DestroyPrintKey("k1")).then_nothing()
    given(print_key).when(DestroyPrintKey("k1")).then_rejected("unknown_print_key")


def test_a_key_never_comes_back():
    given(print_key, ANNOUNCED).when(AnnouncePrintKey("k1", "cHVibGlj")).then_rejected("print_key_id_taken")
    given(print_key, ANNOUNCED, DESTROYED).when(AnnouncePrintKey("k1", "bmV3")).then_rejected("print_key_id_taken")


def test_a_batch_is_made_once_and_stays_what_it_is():
    made = PrintBatchMade(letters=2, rejected=1, postponed=0, bytes=70_000, sha256="ab")
    after = given(print_batch).when(MakePrintBatch(2, 1, 0, 70_000, "ab")).then(made)
    after.when(MakePrintBatch(2, 1, 0, 70_000, "ab")).then_nothing()
    after.when(MakePrintBatch(2, 1, 0, 70_000, "cd")).then_rejected("batch_is_made")
