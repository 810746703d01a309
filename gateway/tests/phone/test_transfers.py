"""A caller who is transferred need not say again who they are, and nothing of them travels in a header."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from gateway.catalogue import LANGUAGES, Language
from gateway.phone.answers import State
from gateway.phone.callers.caller import VirtualCaller
from gateway.phone.callers.vxml import VxmlPlatform
from gateway.phone.contexts import contexts
from gateway.phone.routes import Lines, phone_blueprint
from gateway.phone.switchboard import Switchboard
from gateway.phone.turns import Known

from .parts import BOTH, DESK, SECRETS, Clock, logged_in
from .test_calls import next_path

TEL = "tel:+15555550100"
both_languages = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(autouse=True)
def agents_are_there(agent: dict[str, str | None]) -> None:
    agent["tel"] = TEL


def asks(client: FlaskClient, context: str | None, token: str = DESK.reveal()) -> tuple[int, dict[str, object]]:
    reply = client.get(f"/phone/transfers/{context}", headers={"Authorization": f"Bearer {token}"})
    return reply.status_code, reply.json if reply.is_json else {}


@both_languages
def test_the_desk_learns_who_is_calling_in_what_language_and_where_they_were(
    caller: VirtualCaller, client: FlaskClient, clock: Clock, language: Language
) -> None:
    logged_in(caller, BOTH, language).press("5").press("0")
    assert (caller.transferred_to, caller.connected) == (TEL, False)
    assert asks(client, caller.context) == (200, {
        "participant_id": BOTH, "language": language, "asked_at": "pin_menu",
        "transferred_at": clock.now.isoformat()})


def test_of_a_caller_who_did_not_log_in_the_desk_learns_no_name(caller: VirtualCaller, client: FlaskClient) -> None:
    caller.dial().press("1").press(f"{BOTH}#").press("0#")
    status, told = asks(client, caller.context)
    assert (status, told["participant_id"], told["asked_at"]) == (200, None, "pin")


def test_the_context_says_nothing_by_itself(caller: VirtualCaller, client: FlaskClient, engine: sa.Engine,
                                            platform: VxmlPlatform) -> None:
    logged_in(caller, BOTH, "en").press("0")
    with engine.connect() as conn:
        kept = str(conn.execute(sa.select(contexts)).all())
    assert caller.context is not None and caller.context not in kept
    for secret in SECRETS:
        assert secret not in kept and secret not in platform.documents[-1].decode()


def test_only_the_desk_may_ask(caller: VirtualCaller, client: FlaskClient, board: Switchboard, clock: Clock) -> None:
    logged_in(caller, BOTH, "en").press("0")
    assert asks(client, caller.context, "guessed") == (401, {})
    assert asks(client, "no-such-context") == (404, {})
    closed = Flask("without a desk")
    closed.register_blueprint(phone_blueprint(board, Lines(), clock))
    assert asks(closed.test_client(), caller.context)[0] == 404, "an agency without a desk has no such address"


def test_a_transfer_is_forgotten_after_half_an_hour(caller: VirtualCaller, client: FlaskClient, clock: Clock,
                                                    engine: sa.Engine) -> None:
    logged_in(caller, BOTH, "en").press("0")
    first = caller.context
    clock.passes(29)
    assert asks(client, first)[0] == 200
    clock.passes(2)
    assert asks(client, first)[0] == 404
    logged_in(caller, BOTH, "en").press("0")
    with engine.connect() as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(contexts).where(
            contexts.c.made_at < clock.now)).scalar_one() == 0


def test_a_repeated_request_is_transferred_with_the_same_context(caller: VirtualCaller, client: FlaskClient,
                                                                 platform: VxmlPlatform, engine: sa.Engine) -> None:
    path = next_path(logged_in(caller, BOTH, "en"))
    with engine.begin() as conn:
        conn.execute(sa.delete(contexts))
    with ThreadPoolExecutor(4) as pool:
        replies = set(pool.map(lambda _: client.application.test_client().post(
            path, data={"event": "answer", "answer": "0"}).data, range(4)))
    assert len(replies) == 1
    with engine.connect() as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(contexts)).scalar_one() == 1


@both_languages
def test_out_of_hours_no_agent_is_promised_anywhere(caller: VirtualCaller, agent: dict[str, str | None],
                                                    language: Language) -> None:
    agent["tel"] = None
    logged_in(caller, BOTH, language).press("0")
    assert caller.connected and caller.transferred_to is None
    assert {"en": "No agent can take your call right now. Our agents are here Monday to Friday",
            "es": "Ningún agente puede atender su llamada en este momento. Nuestros agentes atienden de lunes a "
                  "viernes"}[language] in caller.text


def test_another_context_of_the_same_secret_does_not_open(board: Switchboard, engine: sa.Engine, clock: Clock) -> None:
    """A row that somebody moved under another id stays closed."""
    kept = board.contexts.keep(Known(BOTH, "en", State.MAIN), clock())
    other = board.contexts.keep(Known(None, "en", State.MAIN), clock())
    with engine.begin() as conn:
        rows = conn.execute(sa.select(contexts)).all()
        for row in rows:
            swapped = next(one for one in rows if one.context_hash != row.context_hash)
            conn.execute(sa.update(contexts).where(contexts.c.context_hash == row.context_hash).values(
                sealed=swapped.sealed))
    assert board.contexts.find(kept, clock()) is None and board.contexts.find(other, clock()) is None
