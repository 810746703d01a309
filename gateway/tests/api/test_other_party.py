"""What one knows of the other party, told by an app: it goes in, and nothing of it comes out again."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout

from sqlalchemy import Engine, text

from ..web.cases_service import CasesService
from ..web.parts import BOTH, NOBODY, PAYEE
from ..web.test_other_party import REPORT
from .parts import KEY, Program, wrong_fields

SSN = "900654321"
REPORTS = "/other-party/reports"


def test_all_that_is_known_of_the_other_party_goes_in_and_nothing_comes_out(new_program: Callable[..., Program],
                                                                           desk: CasesService, engine: Engine) -> None:
    log = io.StringIO()
    with redirect_stdout(log), redirect_stderr(log):
        program, other = new_program(), new_program()
        program.log_in(PAYEE)
        other.log_in(BOTH)
        answer = program.ask("POST", REPORTS, {**KEY, **REPORT, "birth_date": "1985-04", "ssn": "900-65-4321",
                                               "safety_concern": True})
        again = program.ask("POST", REPORTS, {**KEY, **REPORT, "birth_date": "x", "ssn": SSN, "case_id": "C9"})
        told = "".join(one.text + str(one.headers) for one in (
            answer, again, program.get("/requests"), program.get("/profile"), other.get("/requests"),
            other.get("/cases"), other.get("/dates")))
    assert answer.status_code == 200 and again.status_code == 422
    assert desk.done == [("report_other_party", {"case_id": "C1", **REPORT, "birth_date": "1985-04", "ssn": SSN,
                                                 "safety_concern": True})]
    assert not re.search(r"canary|900654321|900-65", told.replace("CANARY", ""), re.I)
    assert not re.search(r"Canary|900654321|900-65", log.getvalue())
    with engine.connect() as conn:
        kept = str([conn.execute(text(f"SELECT * FROM {name}")).all() for name in ("submissions", "throttle")])
    assert not re.search(r"Canary|900654321|1985", kept)


def test_who_is_in_no_case_knows_no_other_party(program: Program, desk: CasesService) -> None:
    program.log_in(NOBODY)
    assert set(wrong_fields(program.ask("POST", REPORTS, {**KEY, "employer": "Acme"}))) == {"case_id"}
    assert not desk.asked
