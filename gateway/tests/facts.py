"""Facts of the services, as their public events tell them, applied to the view or only collected."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from eventkit.public import Envelope
from gateway.view.projections import apply_of

BEGAN = datetime(2026, 11, 3, 18, 15, tzinfo=UTC)


@dataclass
class Facts:
    """Gives each publisher's events their gapless positions and each aggregate's their versions."""

    engine: Engine | None = None
    told: list[Envelope] = field(default_factory=list)

    def tell(self, publisher: str, name: str, stream: str, **data: Any) -> Envelope:
        position = 1 + sum(event.source == f"/{publisher}" for event in self.told)
        version = 1 + sum(event.source == f"/{publisher}" and event.stream == stream for event in self.told)
        event = Envelope(f"{publisher}-{position}", f"/{publisher}", f"{publisher}.{name}.v1", stream,
                         BEGAN + timedelta(seconds=len(self.told)), position, stream, version, "", "", data)
        self.told.append(event)
        if self.engine is not None:
            with self.engine.begin() as conn:
                apply_of(publisher)(conn, [event])
        return event

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

    # payments

    def received(self, receipt_id: str, payor_id: str | None, amount_cents: int = 25_000, on: str = "2026-10-30",
                 case_id: str | None = None, source: str = "INCOME_WITHHOLDING", method: str = "EFT") -> Envelope:
        return self.tell("payments", "collection_received", f"receipt-{receipt_id}", receipt_id=receipt_id,
                         payor_id=payor_id, case_id=case_id, amount_cents=amount_cents, received_on=on,
                         posted_on=on, source=source, method=method)

    def applied(self, receipt_id: str, payor_id: str, case_id: str, amount_cents: int = 25_000) -> Envelope:
        return self.tell("payments", "collection_applied", f"receipt-{receipt_id}", receipt_id=receipt_id,
                         payor_id=payor_id,
                         applied=[{"case_id": case_id, "kind": "CURRENT_CHILD", "amount_cents": amount_cents}])

    def held(self, receipt_id: str, payor_id: str | None, reason: str = "no_case") -> Envelope:
        return self.tell("payments", "collection_held", f"receipt-{receipt_id}", receipt_id=receipt_id,
                         payor_id=payor_id, amount_cents=25_000, reason=reason)

    def reversed(self, receipt_id: str, payor_id: str | None, on: str = "2026-11-02", reason: str = "NSF") -> Envelope:
        return self.tell("payments", "collection_reversed", f"receipt-{receipt_id}", receipt_id=receipt_id,
                         payor_id=payor_id, amount_cents=25_000, reversed_on=on, reason=reason)

    def issued(self, disbursement_id: str, payee_id: str, case_id: str, amount_cents: int = 24_000,
               on: str = "2026-11-01", method: str = "direct_deposit") -> Envelope:
        return self.tell("payments", "disbursement_issued", f"disbursement-{disbursement_id}",
                         disbursement_id=disbursement_id, payee_id=payee_id, case_id=case_id,
                         amount_cents=amount_cents, issued_on=on, method=method, status="issued")

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
