"""A small test agency: a payor who reads English, a payee who reads Spanish, their cases and what courts ordered in
them, and words that nobody else may see."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    participant_id: str
    ssn: str
    first_name: str
    last_name: str
    language: str
    line1: str
    city: str
    zip: str
    email: str

    def row(self) -> dict[str, object]:
        return {**vars(self), "line2": "", "state": "CA", "address_valid": "true"}

    def canaries(self) -> set[str]:
        """What must appear nowhere outside the encrypted values and the person's own letters."""
        return {self.ssn, self.first_name, self.last_name, self.line1, self.city, self.email}


PAYOR = Person("1000000017", "900551234", "Bartholomew", "Quillfeather", "en", "77 Canary Wharf Lane", "Zzyzxburg",
               "93001", "bq.canary@example.org")
PAYEE = Person("1000000025", "900557788", "Xiomaraluz", "Tlaxcalteca", "es", "12 Paloma Secreta", "Ojo Escondido",
               "93002", "xt.canary@example.org")
STRANGER = Person("1000000033", "900559911", "Wolfgangus", "Unrelatedsson", "en", "9 Elsewhere Close", "Nirgendwo",
                  "93003", "wu.canary@example.org")
CALLER = Person("1000000041", "900553322", "Guadalupana", "Xochitlquetzal", "es", "4 Calle del Silencio", "Lugarcito",
                "93004", "gx.canary@example.org")
BEHIND = Person("1000000058", "900556677", "Evangelista", "Brzezinskova", "en", "31 Lighthouse Canary Row",
                "Ultimathule", "93005", "eb.canary@example.org")
"""Who pays less than is ordered."""
PEOPLE = (PAYOR, PAYEE, STRANGER, CALLER, BEHIND)



@dataclass(frozen=True)
class Told:
    """What someone tells of themselves on the way (journey/test_what_is_shown.py): in no file of the agency."""

    phone: str
    employer: str


TOLD = {PAYOR: Told("805-555-0163", "Quetzalfeder Foundry"), PAYEE: Told("805-555-0178", "Obsidiana Bakehouse")}

CASE = {"case_id": "0620000001", "county": "06111", "court_case_number": "D-123456", "status": "open",
        "opened_on": "2024-01-15", "payor_ids": PAYOR.participant_id, "payee_ids": PAYEE.participant_id}
CALLERS_CASE = {**CASE, "case_id": "0620000002", "payor_ids": STRANGER.participant_id,
                "payee_ids": CALLER.participant_id}
BEHINDS_CASE = {**CASE, "case_id": "0620000003", "payor_ids": BEHIND.participant_id,
                "payee_ids": STRANGER.participant_id}


# What the families get is 35 dollars less than what comes in: the service fee of the federal fiscal year.
ORDERED, CALLERS_ORDERED, BEHINDS_ORDERED = 45012, 60000, 30000
FEE = 3500


def order(case_id: object, cents: int, effective_on: str = "2026-09-01") -> dict[str, object]:
    """Current child support, monthly."""
    return {"source_system": "COURT", "source_id": f"O{case_id}", "case_id": case_id, "order_id": "D-123456",
            "obligation_id": "CHILD", "kind": "CHILD", "amount": f"{cents / 100:.2f}", "frequency": "MONTHLY",
            "effective_on": effective_on}


ORDERS = (order(CASE["case_id"], ORDERED), order(CALLERS_CASE["case_id"], CALLERS_ORDERED),
          order(BEHINDS_CASE["case_id"], BEHINDS_ORDERED))


def collection(number: int, cents: int, on: str, source: str = "INCOME_WITHHOLDING", method: str = "EFT",
               payor: str = PAYOR.participant_id, case_id: object = CASE["case_id"]) -> dict[str, object]:
    return {"source_system": "SDU", "source_id": f"R{number:07}", "payor_id": payor, "case_id": case_id,
            "amount": f"{cents / 100:.2f}", "received_on": on, "posted_on": on, "source": source, "method": method}


def disbursement(number: int, cents: int, on: str, method: str = "direct_deposit", payee: str = PAYEE.participant_id,
                 case_id: object = CASE["case_id"]) -> dict[str, object]:
    return {"source_system": "SDU", "source_id": f"D{number:07}", "payee_id": payee, "case_id": case_id,
            "amount": f"{cents / 100:.2f}", "issued_on": on, "method": method, "status": "issued", "status_on": on}
