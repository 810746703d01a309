"""A stream that was made anew begins at offset 0: a subscriber that waits for offset 100 there waits for long."""

from sqlalchemy import update

from eventkit.broker import connect, stream_of
from eventkit.rpc_client import RpcUnavailable
from eventkit.source import OutboxSource
from eventkit.subscriber import Subscriber
from eventkit.subscription import Subscription
from eventkit.tables import checkpoints
from eventkit.testing import sample
from eventkit.testing.sample import add, applied


class Sometimes(OutboxSource):
    """A publisher whose outbox can be asked until it cannot: `leaves` once it has told something more."""

    leaves = away = False

    def events_after(self, publisher, position, limit=1000):
        if self.away:
            raise RpcUnavailable(publisher)
        page = super().events_after(publisher, position, limit)
        self.away = self.leaves and bool(page)
        return page


def _applied(database):
    with database.engine.begin() as conn:
        return applied(conn)


def test_a_stream_made_anew_is_read_again_and_not_only_asked_for(database, app, running, amqp_url, eventually):
    source = Sometimes({"till": database.engine})
    subscriber = Subscriber(database.engine, Subscription("model", "till", sample.apply), amqp_url, source,
                            quiet_seconds=0.5)
    with running.relay(), running.thread(subscriber.run):
        add(app, "a")
        eventually(lambda: _applied(database) == 1)
    with database.engine.begin() as conn:  # as after years of events
        conn.execute(update(checkpoints).values(stream_offset=100_000))
    connection = connect(amqp_url)
    connection.channel().queue_delete(stream_of("till"))
    connection.close()
    source.leaves = True
    with running.relay(), running.thread(subscriber.run):
        add(app, "a")
        eventually(lambda: _applied(database) == 2)
        assert source.away
        for count in range(3, 6):
            add(app, "a")
            eventually(lambda count=count: _applied(database) == count, within=10)
