"""A file of money may follow a file of cases at once: the import waits until it knows what cases published."""

import pytest
from sqlalchemy import make_url

from eventkit.rpc_client import RpcClient
from eventkit.source import OutboxSource, RpcSource
from eventkit.subscription import read_checkpoint
from eventkit.tables import create_kernel_tables, outbox
from payments import parties
from payments.imports.catching_up import catch_up
from payments.parties import look_up
from servicekit.process import make_engine


class Publisher:
    """An outbox as the cases service has it, with positions given."""

    def __init__(self, engine):
        self.engine = engine
        self.source = OutboxSource({"cases": engine})

    def publish(self, *envelopes):
        with self.engine.begin() as conn:
            for e in envelopes:
                conn.execute(outbox.insert().values(
                    position=e.position, event_id=f"00000000-0000-0000-0000-{e.position:012d}", type=e.type,
                    subject=e.subject, stream=e.stream, version=e.version, time=e.time, data=e.data,
                    correlation_id="c", causation_id="c"))


@pytest.fixture(scope="module")
def publisher_database(postgres):
    owner_url, _ = postgres.create_database("publisher")
    engine = make_engine(owner_url)
    with engine.begin() as conn:
        create_kernel_tables(conn, make_url(owner_url).username)
    yield engine
    engine.dispose()


@pytest.fixture
def cases(publisher_database):
    with publisher_database.begin() as conn:
        conn.execute(outbox.delete())
    return Publisher(publisher_database)


@pytest.fixture
def said():
    return []


def known(database, *participants):
    with database.engine.begin() as conn:
        return look_up(conn, participants, []).participants


def position(database):
    with database.engine.begin() as conn:
        return read_checkpoint(conn, "parties", "cases").position


def test_where_no_worker_runs_the_import_catches_up_itself(database, cases, said, participant_event):
    cases.publish(*(participant_event(n, f"100000000{n}") for n in range(1, 8)))
    assert catch_up(database.engine, parties.subscription, cases.source, said.append)
    assert known(database, "1000000001", "1000000007") == {"1000000001", "1000000007"}
    assert position(database) == 7
    assert said == ["waiting for cases: 0 of 7 events"]


def test_nothing_is_said_where_all_is_known(database, cases, said):
    assert catch_up(database.engine, parties.subscription, cases.source, said.append)
    assert said == []


def test_it_goes_on_while_positions_are_still_given(database, cases, said, participant_event):
    class Growing(OutboxSource):
        asked = 0

        def last_position(self, publisher):
            self.asked += 1
            if self.asked <= 3:
                cases.publish(participant_event(self.asked, f"100000000{self.asked}"))
            return super().last_position(publisher)

    assert catch_up(database.engine, parties.subscription, Growing({"cases": cases.engine}), said.append)
    assert position(database) == 3


def test_it_goes_on_with_what_is_known_where_cases_does_not_answer(database, rabbitmq, said):
    client = RpcClient(rabbitmq.new_vhost(), timeout=5)
    assert not catch_up(database.engine, parties.subscription, RpcSource(client), said.append)
    assert said == ["cases does not answer: going on with what is known of it"]
    client.close()


def test_it_does_not_wait_for_ever(database, cases, said, participant_event):
    class Lost(OutboxSource):
        def events_after(self, publisher, position, limit=1000):
            return []

    cases.publish(participant_event(1, "1000000001"))
    assert not catch_up(database.engine, parties.subscription, Lost({"cases": cases.engine}), said.append, within=1)
    assert said[-1] == "cases is not caught up with after 1 s: 0 of 1 events"


def test_a_gap_the_publisher_cannot_fill_is_told_not_jumped_over(database, cases, said, participant_event):
    cases.publish(participant_event(1, "1000000001"), participant_event(3, "1000000003"))
    assert not catch_up(database.engine, parties.subscription, cases.source, said.append, within=1)
    assert said[-1].startswith("cases is not caught up with")
    assert known(database, "1000000003") == frozenset()


def test_what_is_known_of_cases_can_be_rebuilt(database, cases, said, participant_event, case_event):
    from eventkit.rebuild import rebuild

    cases.publish(participant_event(1, "1000000001"), participant_event(2, "1000000002"),
                  case_event(3, "7", ["1000000001"], ["1000000002"]),
                  case_event(4, "7", [], ["1000000002"], type_="case_changed"))
    catch_up(database.engine, parties.subscription, cases.source, said.append)
    report = rebuild(database.owner, parties.read_model, cases.source, database.app_role)
    assert (report.equal, report.events) == (True, 4)
    assert known(database, "1000000001") == {"1000000001"}
