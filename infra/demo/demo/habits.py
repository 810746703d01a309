"""How a payor pays, in one word, and what comes on top for what is past due."""

from __future__ import annotations

from demo.chance import chance, weighted

HABITS = (("withheld", 0.64), ("card", 0.12), ("check", 0.10), ("irregular", 0.10), ("nothing", 0.04))


def habit_of(payor_id: str) -> str:
    return weighted(chance("habit", payor_id), HABITS)


def arrears_percent(payor_id: str) -> int:
    """Of current support, withheld on top of it for arrears."""
    return chance("arrears", payor_id).choice((0, 0, 0, 10, 20)) if habit_of(payor_id) == "withheld" else 0
