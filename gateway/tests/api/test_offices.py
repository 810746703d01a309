"""The local offices for an app: those that the page shows."""

from __future__ import annotations

from .parts import Program, wrong_fields


def test_all_of_them_or_those_of_a_county(program: Program) -> None:
    assert len(program.get("/offices").json["offices"]) == 58
    assert program.get("/offices?county=VENTURA&lang=es").json == {"offices": [
        {"name": "Servicios de Manutención de Menores del Condado de Ventura", "phone": "1-805-555-0156"}]}
    assert program.get("/offices?county=nowhere").json == {"offices": []}
    assert set(wrong_fields(program.get(f"/offices?county={'x' * 65}"))) == {"county"}
