"""Who gets what is collected on assigned arrears of a family that no longer gets aid."""

from __future__ import annotations

from datetime import date

from payments.domain.words import Program
from payments.rules.effective import ALWAYS, Dated, in_force

TO_GOVERNMENT, TO_FAMILY = "government", "family"

FORMER_ASSISTANCE = (
    Dated("former.retained", ALWAYS, TO_GOVERNMENT, "42 USC 657(a)(2); domain.md §3.6"),
    Dated("former.passed_through", date(2024, 5, 1), TO_FAMILY,
          "Cal. Fam. Code §17504.2, collections from 2024-05-01; whatever the child's age; domain.md §3.6, §4"),
)


def passed_to_family(on: date, program: Program | None) -> tuple[bool, str]:
    """Whether assigned arrears collected on that day are passed on; never those of foster care."""
    if program is Program.FOSTER_CARE:
        return False, FORMER_ASSISTANCE[0].key
    rule = in_force(FORMER_ASSISTANCE, on)
    return rule.value == TO_FAMILY, rule.key
