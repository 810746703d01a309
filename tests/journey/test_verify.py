"""What the gateway shows adds up to what the ledger has, and an operator is told where it does not."""

from __future__ import annotations

from sqlalchemy import text


def test_the_view_adds_up_to_the_ledger(agency):
    agency.wait_until_settled()
    done = agency.run("gateway", "verify")
    assert ": equal" in done.stdout
    assert agency.scalar("gateway", "SELECT sum(amount_cents) FROM view.payments_made") > 0


def test_a_row_that_was_tampered_with_is_found(agency):
    agency.wait_until_settled()
    engine = agency.owner_engine("gateway")
    try:
        _add_a_cent(engine, 1)
        done = agency.run("gateway", "verify", check=False)
    finally:
        _add_a_cent(engine, -1)
        engine.dispose()
    assert done.returncode == 1 and "NOT equal" in done.stdout


def _add_a_cent(engine, cents: int) -> None:
    with engine.begin() as conn:
        conn.execute(text("UPDATE view.payments_made SET amount_cents = amount_cents + :cents WHERE receipt_id = "
                          "(SELECT min(receipt_id) FROM view.payments_made)"), {"cents": cents})
