"""The two figures an operator is woken by are true when it matters: under load, and at once."""

import threading

from eventkit.metrics import outbox_depth, parked_events
from eventkit.outbox import give_positions
from eventkit.parking import retry
from eventkit.relay import Relay
from eventkit.subscriber import Subscriber
from eventkit.subscription import Subscription
from eventkit.testing import sample
from eventkit.testing.processes import wait_until
from eventkit.testing.sample import add


def test_the_backlog_is_measured_while_there_is_no_pause(app, database):
    """Without the broker and with commands coming in all the time, the relay numbers and never rests."""
    for _ in range(3):
        add(app, "a")
    relay, stop = Relay(database.engine, "till", "amqp://nobody@127.0.0.1:1/x"), threading.Event()
    relay.step = lambda: not stop.wait(0.01)
    outbox_depth.labels("till").set(0)
    thread = threading.Thread(target=relay.run, args=(stop,))
    thread.start()
    try:
        wait_until(lambda: outbox_depth.labels("till")._value.get() == 3, within=5)
    finally:
        stop.set()
        thread.join()


def test_what_is_parked_is_counted_at_once_and_per_publisher(app, database):
    bad = []

    def apply(conn, envelopes):
        if not bad and any(e.subject == "till-bad" for e in envelopes):
            raise ValueError
        sample.apply(conn, envelopes)

    subscription = Subscription("model", "till", apply)
    elsewhere = Subscription("model", "elsewhere", apply)
    for name in ("bad", "good", "bad"):
        add(app, name)
    with database.engine.begin() as conn:
        give_positions(conn, "till", 10)
    gauge = parked_events.labels("model", "till")._value
    subscriber = Subscriber(database.engine, subscription, "", database.source)
    subscriber.catch_up()
    assert gauge.get() == 2
    Subscriber(database.engine, elsewhere, "", database.source)._read_checkpoint()
    assert parked_events.labels("model", "elsewhere")._value.get() == 0
    bad.append("mended")
    retry(database.engine, subscription, "till-bad", "ana")
    subscriber._look_for_a_lost_tail()
    assert gauge.get() == 0
