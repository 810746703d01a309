"""Facts of the services, as their public events tell them, applied to the view or only collected."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from eventkit.crypto import Keyring
from eventkit.public import Envelope
from gateway.view.projections import apply_of

from .statement_of import statement_of

BEGAN = datetime(2026, 11, 3, 18, 15, tzinfo=UTC)
SHOWN_KEYS = f"s1:{base64.b64encode(bytes(range(32))).decode()}"
SHOWN = Keyring.parse(SHOWN_KEYS)


def shown(value: str | None, context: str) -> str | None:
    """As `cases` encrypts what a customer may be shown of themselves."""
    return None if value is None else SHOWN.encrypt(value.encode(), context)


def share(case_id: str, amount_cents: int, debt: str = "CURRENT", to: str = "FAMILY", *, kind: str | None = "CHILD",
          due: str | None = "2026-10-01", rule: str = "owner.family", hold: str | None = None,
          until: str | None = None) -> dict[str, Any]:
    return {"case_id": case_id, "debt": debt, "kind": kind, "due": due, "amount_cents": amount_cents, "to": to,
            "rule": rule, "hold": hold, "until": until}


def lot(amount_cents: int, debt: str = "CURRENT", to: str = "FAMILY", on: str = "2026-10-30") -> dict[str, Any]:
    return {"received_on": on, "debt": debt, "to": to, "amount_cents": amount_cents}


@dataclass
class Facts:
    """Gives each publisher's events their gapless positions and each aggregate's their versions."""

    engine: Engine | None = None
    told: list[Envelope] = field(default_factory=list)
    _received_on: dict[str, str] = field(default_factory=dict)

    def tell(self, publisher: str, name: str, stream: str, schema: int = 1, **data: Any) -> Envelope:
        position = 1 + sum(event.source == f"/{publisher}" for event in self.told)
        version = 1 + sum(event.source == f"/{publisher}" and event.stream == stream for event in self.told)
        event = Envelope(f"{publisher}-{position}", f"/{publisher}", f"{publisher}.{name}.v{schema}", stream,
                         BEGAN + timedelta(seconds=len(self.told)), position, stream, version, "", "", data)
        self.told.append(event)
        if self.engine is not None:
            with self.engine.begin() as conn:
                apply_of(publisher)(conn, [event])
        return event

    def go_on_from(self, before: Facts) -> None:
        """As if all that was told by the other had been told here; it makes no rows of it."""
        self.told[:] = before.told
        self._received_on = dict(before._received_on)

    # cases

    def participant(self, participant_id: str, language: str = "en", **personal: Any) -> Envelope:
        personal = {"name_enc": "k1.name", "address_enc": "k1.address", "address_valid": True,
                    "address_self_changed_on": None, "email_enc": None, "ssn_sealed": None} | personal
        return self.tell("cases", "participant_registered", f"participant-{participant_id}",
                         participant_id=participant_id, language=language, **personal)

    def case(self, case_id: str, payors: list[str], payees: list[str], court_case_number: str | None = None,
             name: str = "case_opened") -> Envelope:
        parties = [{"participant_id": p, "role": "payor"} for p in payors]
        parties += [{"participant_id": p, "role": "payee"} for p in payees]
        return self.tell("cases", name, f"case-{case_id}", case_id=case_id, county="06037", status="open",
                         court_case_number=court_case_number, opened_on="2024-01-15", parties=parties)

    def profile(self, participant_id: str, language: str = "en", **masked: Any) -> Envelope:
        """Besides masked texts: address_valid, email_notices, changed_by."""
        said = {"address_valid": True, "email_notices": False, "changed_by": "agency", "changed_on": "2026-10-01"}
        said |= {name: masked.pop(name) for name in list(masked) if name in said}
        texts = dict.fromkeys(("name", "address", "phone_home", "phone_mobile", "phone_work", "email", "employer"))
        return self.tell("cases", "profile_changed", f"participant-{participant_id}", participant_id=participant_id,
                         language=language, shown_enc=shown(json.dumps(texts | masked), f"{participant_id}|shown"),
                         **said)

    def details(self, case_id: str, *dependents: tuple[str, int | None], status: str = "open",
                function: str = "enforcement", assistance: str = "never", lcsa: str | None = "06037",
                court_case_number: str | None = None, closed_on: str | None = None) -> Envelope:
        children = [{"initials": initials, "birth_year": year} for initials, year in dependents]
        return self.tell("cases", "case_details_changed", f"case-{case_id}", case_id=case_id, status=status,
                         function=function, assistance=assistance, lcsa=lcsa, court_case_number=court_case_number,
                         opened_on="2024-01-15", closed_on=closed_on,
                         dependents_enc=shown(json.dumps(children), f"{case_id}|dependents"))

    def order(self, case_id: str, order_id: str, type: str = "final", filed_on: str = "2024-03-01",
              health_insurance: str = "payor", income_withholding: bool = True) -> Envelope:
        return self.tell("cases", "order_recorded", f"order-{order_id}", case_id=case_id, order_id=order_id,
                         court="Superior Court of California, County of Los Angeles", court_case_number="22STFL00001",
                         type=type, filed_on=filed_on, effective_on=filed_on, health_insurance=health_insurance,
                         income_withholding=income_withholding)

    def hearing(self, hearing_id: str, case_id: str, starts_at: str = "2026-12-03T17:30:00+00:00", status: str = "set",
                type: str = "modification", **modes: str) -> Envelope:
        """`modes`: how each participant attends, as p1000000001="remote"."""
        attendance = [{"participant_id": who[1:], "mode": mode} for who, mode in modes.items()]
        return self.tell("cases", "hearing_changed", f"hearing-{hearing_id}", hearing_id=hearing_id, case_id=case_id,
                         type=type, status=status, starts_at=starts_at, minutes=30, department="Dept. 2F",
                         court="Stanley Mosk Courthouse", court_address="111 N Hill St, Los Angeles, CA 90012",
                         attendance=attendance)

    def appointment(self, appointment_id: str, participant_id: str, case_id: str | None = None,
                    starts_at: str = "2026-11-20T18:00:00+00:00", status: str = "scheduled", type: str = "interview",
                    place: str | None = "5770 S Eastern Ave, Commerce, CA 90040", link: str | None = None,
                    bring: tuple[str, ...] = ("photo_id", "pay_stubs"), required: bool = True) -> Envelope:
        context = f"{participant_id}|appointment"
        return self.tell("cases", "appointment_changed", f"appointment-{appointment_id}",
                         appointment_id=appointment_id, participant_id=participant_id, case_id=case_id, type=type,
                         status=status, starts_at=starts_at, minutes=45, place_enc=shown(place, context),
                         link_enc=shown(link, context), attendance_required=required, bring=list(bring), language="en")

    def request(self, confirmation: str, participant_id: str, kind: str = "contact_update",
                case_id: str | None = None, appointment_id: str | None = None, status: str = "received",
                answer: str | None = None, said: str | None = None) -> Envelope:
        return self.tell("cases", "request_changed", f"request-{confirmation}", confirmation=confirmation,
                         participant_id=participant_id, kind=kind, case_id=case_id, appointment_id=appointment_id,
                         received_at="2026-11-02T20:00:00+00:00", status=status, answer=answer,
                         answer_enc=shown(said, f"{participant_id}|answer"),
                         answered_on="2026-11-03" if answer else None)

    # payments

    def received(self, receipt_id: str, payor_id: str | None, amount_cents: int = 25_000, on: str = "2026-10-30",
                 case_id: str | None = None, source: str = "INCOME_WITHHOLDING", method: str = "EFT") -> Envelope:
        self._received_on[receipt_id] = on
        return self.tell("payments", "collection_received", f"receipt-{receipt_id}", receipt_id=receipt_id,
                         payor_id=payor_id, case_id=case_id, amount_cents=amount_cents, received_on=on,
                         posted_on=on, source=source, method=method)

    def identified(self, receipt_id: str, payor_id: str, on: str = "2026-11-01") -> Envelope:
        return self.tell("payments", "collection_identified", f"receipt-{receipt_id}", receipt_id=receipt_id,
                         payor_id=payor_id, amount_cents=25_000, on=on)

    def distributed(self, receipt_id: str, payor_id: str, *shares: dict[str, Any], month: str | None = None,
                    rules: tuple[str, ...] = ("arrears.family", "order.principal_first")) -> Envelope:
        """`month`: the coming month that the money had waited for."""
        on = self._received_on.get(receipt_id, "2026-10-30")
        return self.tell("payments", "collection_distributed", f"receipt-{receipt_id}", receipt_id=receipt_id,
                         payor_id=payor_id, number=1, amount_cents=sum(share["amount_cents"] for share in shares),
                         received_on=on, applied_on=month or on, shares=list(shares), rules=list(rules))

    def applied(self, receipt_id: str, payor_id: str, case_id: str, amount_cents: int = 25_000) -> Envelope:
        """All of it to the current support of one case, and on to the family."""
        return self.distributed(receipt_id, payor_id, share(case_id, amount_cents))

    def held(self, receipt_id: str, payor_id: str | None, reason: str = "no_case", cents: int = 25_000) -> Envelope:
        return self.tell("payments", "collection_held", f"receipt-{receipt_id}", receipt_id=receipt_id,
                         payor_id=payor_id, amount_cents=cents, reason=reason)

    def released(self, receipt_id: str, payor_id: str | None, case_id: str | None, cents: int, reason: str,
                 to: str | None = None, on: str = "2026-11-02") -> Envelope:
        return self.tell("payments", "hold_released", f"receipt-{receipt_id}", receipt_id=receipt_id,
                         payor_id=payor_id, case_id=case_id, amount_cents=cents, reason=reason, to=to, on=on)

    def undone(self, receipt_id: str, payor_id: str, on: str = "2026-11-02") -> Envelope:
        return self.tell("payments", "distribution_undone", f"receipt-{receipt_id}", receipt_id=receipt_id,
                         payor_id=payor_id, on=on)

    def reversed(self, receipt_id: str, payor_id: str | None, on: str = "2026-11-02", reason: str = "NSF") -> Envelope:
        return self.tell("payments", "collection_reversed", f"receipt-{receipt_id}", receipt_id=receipt_id,
                         payor_id=payor_id, amount_cents=25_000, reversed_on=on, reason=reason)

    def obligation(self, case_id: str, monthly_cents: int, since: str = "2026-01-01", ends_on: str | None = None,
                   kind: str = "CHILD") -> Envelope:
        return self.tell("payments", "obligation_set", f"account-{case_id}", case_id=case_id, obligation_id=kind,
                         kind=kind, effective_on=since, monthly_cents=monthly_cents, ends_on=ends_on)

    def liquidation(self, case_id: str, monthly_cents: int, since: str = "2026-01-01") -> Envelope:
        return self.tell("payments", "liquidation_set", f"account-{case_id}", case_id=case_id, effective_on=since,
                         monthly_cents=monthly_cents)

    def debt(self, case_id: str, *changes: tuple[str, str | None, int], kind: str = "CHILD",
             reason: str = "charge_posted", on: str = "2026-11-01") -> Envelope:
        """Each change is (what, due, cents)."""
        return self.tell("payments", "debt_changed", f"account-{case_id}", case_id=case_id, reason=reason, on=on,
                         changes=[{"kind": kind, "due": due, "what": what, "cents": cents}
                                  for what, due, cents in changes])

    def statement(self, case_id: str, payors: list[str], month: str = "2026-10-01", **figures: Any) -> Envelope:
        """See `statement_of`."""
        return self.tell("payments", "statement_issued", f"statement-{case_id}:{month[:7]}",
                         **statement_of(case_id, payors, month, **figures))

    def issued(self, disbursement_id: str, payee_id: str, case_id: str | None, amount_cents: int = 24_000,
               on: str = "2026-11-01", method: str = "direct_deposit", status: str = "issued",
               lots: tuple[dict[str, Any], ...] | None = None, payee_type: str = "family") -> Envelope:
        """Without `lots`: made of current support that came in the day before."""
        usual = (lot(amount_cents),) if status == "issued" else ()
        lots = usual if lots is None else lots
        ahead = amount_cents - sum(part["amount_cents"] for part in lots) if status == "issued" else 0
        return self.tell("payments", "disbursement_issued", f"disbursement-{disbursement_id}", schema=2,
                         disbursement_id=disbursement_id, payee_type=payee_type, payee_id=payee_id, case_id=case_id,
                         amount_cents=amount_cents, issued_on=on, method=method, status=status, lots=list(lots),
                         ahead_cents=ahead)

    def status(self, disbursement_id: str, payee_id: str, status: str, on: str = "2026-11-02") -> Envelope:
        return self.tell("payments", "disbursement_status_changed", f"disbursement-{disbursement_id}",
                         disbursement_id=disbursement_id, payee_id=payee_id, status=status, on=on)

    # auth

    def account(self, participant_id: str) -> Envelope:
        return self.tell("auth", "account_opened", f"account-{participant_id}", participant_id=participant_id)

    def locked(self, participant_id: str, until: str | None) -> Envelope:
        """`until` None: disabled."""
        return self.tell("auth", "account_locked", f"account-{participant_id}", participant_id=participant_id,
                         until=until)

    def pin_changed(self, participant_id: str) -> Envelope:
        return self.tell("auth", "pin_changed", f"account-{participant_id}", participant_id=participant_id,
                         channel="web", changed_at="2026-11-03T18:15:00+00:00")
