"""Getting in: log in, change the PIN, ask for one. Pages and apps only differ in how they show what comes out."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from eventkit.secret import Secret
from gateway.catalogue import LANGUAGES, Language
from gateway.credentials import LoggedIn, NotAccepted, PinChanged, PinTooWeak, is_identifier
from gateway.sessions import Beginning, Session, Way
from gateway.view.tables import participants
from gateway.view.waiting import account_seen
from gateway.web.errors import SessionExpired
from gateway.web.forms import Errors, knock
from gateway.web.portal import portal, signed_in, visitor
from gateway.web.visits import begin_session, end_session


@dataclass(frozen=True)
class PinIsSet:
    """`session` is the new one; `notice` the text that says whether the change is seen everywhere already."""

    session: Session
    notice: str


def log_in(identifier: Secret, pin: Secret, way: Way = "page") -> Session | Errors:
    """Unknown, wrong and locked are one answer. Raises TooManyTries and AuthAway."""
    knock("log_in")
    errors: Errors = {}
    if not is_identifier(identifier):
        errors["identifier"] = "log_in.identifier.wrong"
    if not pin.reveal():
        errors["pin"] = "log_in.pin.missing"
    if errors:
        return errors
    answer = portal().auth.log_in(identifier, pin, "web")
    if not isinstance(answer, LoggedIn):
        return {"": "log_in.not_accepted"}
    return begin_session(Beginning(
        answer.participant_id, "must_change" if answer.must_change else "full", answer.version,
        _language(answer.participant_id), proof=answer.proof if answer.must_change else None, way=way))


def change_pin(new: Secret, current: Secret | None = None) -> PinIsSet | Errors:
    """Without `current` the forced change after a temporary PIN. Raises TooManyTries, AuthAway and SessionExpired."""
    session, parts = signed_in(), portal()
    if not new.reveal():
        return {"new_pin": "change_pin.missing"}
    knock("new_pin", session.participant_id)
    if current is not None:
        answer = parts.auth.replace_pin(session.participant_id, current, new, "web")
    else:
        with parts.engine.begin() as conn:
            proof = parts.sessions.proof(conn, session)
        answer = parts.auth.change_pin(session.participant_id, proof, new, "web")
    match answer:
        case PinTooWeak(rule):
            return {"new_pin": _weak(rule)}
        case PinChanged(version):
            return _enter(version)
        case NotAccepted() if current is not None:
            return {"current_pin": "own_pin.current.wrong"}
    end_session()  # the temporary PIN has run out, or was replaced, since the log-in
    raise SessionExpired


def request_pin(identifier: Secret) -> Errors:
    """Empty for everyone whose number can be one. Raises TooManyTries and AuthAway."""
    knock("request_pin")
    if not is_identifier(identifier):
        return {"identifier": "log_in.identifier.wrong"}
    portal().auth.request_pin(identifier, "web")
    return {}


def _enter(version: int) -> PinIsSet:
    """On with a new session, begun with the new PIN; every other one ends when the view sees the change."""
    session = signed_in()
    seen = account_seen(portal().engine, session.participant_id, version)
    notice = "change_pin.done" if seen else "change_pin.received"
    return PinIsSet(begin_session(Beginning(
        session.participant_id, "full", version, session.language,
        notice=notice if session.way == "page" else None, way=session.way)), notice)


def _language(participant_id: str) -> Language:
    """What the reader has been reading here; where nothing told, what the agency knows of them."""
    who = visitor()
    if who.language_known:
        return who.language
    query = select(participants.c.language).where(participants.c.viewer_id == participant_id)
    with portal().engine.connect() as conn:
        known = conn.execute(query).scalar_one_or_none()
    return next((language for language in LANGUAGES if language == known), who.language)


def _weak(rule: str) -> str:
    key = f"change_pin.weak.{rule}"
    return key if key in portal().texts.texts["en"] else "change_pin.weak.other"
