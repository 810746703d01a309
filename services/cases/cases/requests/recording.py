"""Recording what a customer asked or reported: the confirmation number they may name on the phone."""

from __future__ import annotations

from cases.domain.request import RecordRequest, request
from cases.requests.confirmation import new_number
from cases.requests.index import store_request
from cases.requests.safe import Safe
from eventkit.secret import Secret
from eventkit.unit import Unit


def record(unit: Unit, kind: str, participant_id: str, case_id: str | None = None, appointment_id: str | None = None,
           content: Secret | None = None, *, safe: Safe, safety_concern: bool = False) -> str:
    """Gives the number. Whoever draws the same one at the same time finds it taken (Conflict) and draws again."""
    confirmation = new_number(lambda number: unit.version(request, number) > 0)
    put_away = safe.put_away(confirmation, content) if content else None
    outcome = unit.decide(request, confirmation, RecordRequest(
        confirmation, kind, participant_id, case_id, appointment_id, put_away, unit.now, safety_concern))
    store_request(unit.conn, confirmation, outcome.version, outcome.state.details, put_away)
    return confirmation
