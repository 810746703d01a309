"""Every kind of file that is taken in, with what it tells."""

from __future__ import annotations

from payments.imports import debts, money_in, nacha, sending
from payments.imports.reading import Reading

KINDS: tuple[tuple[Reading, str], ...] = (
    (debts.Orders(), "What courts ordered: obligations by kind, with the day they take effect; modifications too."),
    (debts.Liquidations(), "What is asked for each month on arrears; a schedule, no new debt."),
    (debts.Charges(), "Debts from elsewhere: judgments, fees, balances brought forward."),
    (debts.Corrections(), "Corrected charges, payments made directly to the family, debts given up."),
    (debts.Assistance(), "When a family's assistance began and ended, and what was paid of it."),
    (debts.Holds(), "Cases whose payouts wait: a dispute, a family that cannot be found; and the end of it."),
    (debts.Consents(), "Written consent to take back an overpayment out of later payments."),
    (money_in.Collections(), "Money that came in."),
    (nacha.Nacha(), "Money that came in as employers' NACHA CCD+ files with DED addenda."),
    (money_in.Identifications(), "Whose money it is that nobody was known for."),
    (money_in.Reallocations(), "Money that went to the wrong case."),
    (money_in.Reversals(), "Collections that were taken back."),
    (sending.Disbursements(), "Money that was sent, and what became of it."),
)
BY_NAME = {reading.name: reading for reading, _ in KINDS}
