"""The children of a case as a cell: `First Last 2015-04-30; ...`."""

from __future__ import annotations

import json
from dataclasses import dataclass

from cases.domain.case import Dependents
from cases.personal import Protector
from cases.showing import Showing
from eventkit.secret import Secret
from feedkit.columns import Unusable, iso_date, list_of, text

_name = text(160)
NOBODY = Secret("[]")


def dependents(cell: str) -> Secret:
    """JSON, in order of birth: the same children are the same text in whatever order they are named."""
    children = sorted(list_of(_dependent)(cell), key=lambda child: (child["born_on"], child["name"]))
    return Secret(json.dumps(children, ensure_ascii=False))


def _dependent(part: str) -> dict[str, str]:
    name, _, born = part.rpartition(" ")
    if not any(letter.isalpha() for letter in name):
        raise Unusable("is not a list of names and birth dates", "write First Last 2015-04-30, with ; between children")
    return {"name": _name(name.strip()), "born_on": iso_date(born).isoformat()}


@dataclass(frozen=True)
class Guardian:
    """Encrypts what is said of children, and makes what their parties may see of it."""

    protector: Protector
    showing: Showing

    def protect(self, case_id: str, children: Secret, known: Dependents | None) -> Dependents:
        kept = self.protector.protect(case_id, "dependents", children, known.kept if known else None)
        assert kept is not None
        if known and kept == known.kept:
            return known
        return Dependents(kept, self.showing.dependents(case_id, children))
