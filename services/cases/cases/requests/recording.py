"""Recording what a customer asked: the confirmation number they may name on the phone."""

from __future__ import annotations

import secrets

from eventkit.secret import Secret
from eventkit.unit import Unit

# Nothing that is misread or misheard for another: no 0 and O, 1 and I and L, 2 and Z, 5 and S, 8 and B, U and V.
LETTERS = "34679ACDEFGHJKMNPQRTWXY"


def record(unit: Unit, kind: str, participant_id: str, case_id: str | None = None, appointment_id: str | None = None,
           content: Secret | None = None) -> str:
    """Gives the number, as `CC-7K3M-9QPX`."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"CC-{drawn[:4]}-{drawn[4:]}"
