"""Runs, answers and proofs on the command line and over RPC, as whole processes."""

import json
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from eventkit.decider import Rejected
from eventkit.rpc_client import RpcClient
from eventkit.testing.processes import Process, wait_until
from payments.commands import cli

PAYOR, PAYEE = "1000000001", "1000000003"


@pytest.fixture(scope="module")
def amqp_url(rabbitmq):
    return rabbitmq.new_vhost()


@pytest.fixture
def settings(database, amqp_url):
    return {"DATABASE_URL": database.app_url, "AMQP_URL": amqp_url, "HEALTH_PORT": "0"}


@pytest.fixture
def payments(settings):
    """Runs `python -m payments ...` to its end: (exit code, what it printed)."""

    def run(*arguments):
        done = subprocess.run([sys.executable, "-m", "payments", *arguments],
                              env={**os.environ, **settings, "COLUMNS": "200"}, capture_output=True, text=True,
                              timeout=120, check=False)
        return done.returncode, done.stdout + done.stderr

    return run


def test_the_runs_one_after_another(owing, take, line, payments):
    code, said = payments("run", "charges", "--month", "2026-02", "--workers", "2", "--batch", "1")
    assert (code, "charges: 3 cases looked at, 3 changed" in said) == (0, True), said
    assert "100 %" in said
    code, said = payments("run", "charges", "--month", "2026-03", "--dry-run")
    assert "3 would change, nothing kept (dry run)" in said
    code, said = payments("run", "interest", "--through", "2026-01")
    assert (code, "3 changed" in said) == (0, True), said
    assert payments("run", "distribution")[0] == 0
    code, said = payments("release", "holds", "--on", "2026-01-31")
    assert (code, "holds: 0 receipts looked at" in said) == (0, True), said


@pytest.mark.parametrize(("arguments", "told"), [
    (("run", "charges", "--month", "2026-13"), "2026-13 is not a month"),
    (("run", "interest", "--through", "2999-01"), "is not over"),
    (("release", "holds", "--on", "2999-01-01"), "has not come yet"),
    (("release", "holds", "--on", "yesterday"), "is not a day"),
    (("statement", "2001", "March"), "is not a month"),
    (("explain", "SDU:1", "--as", "employer"), "agency, payor or payee:CASE"),
    (("explain", "SDU:1", "--as", "payee"), "agency, payor or payee:CASE")])
def test_what_cannot_be_asked_for_is_told_with_exit_code_2(arguments, told):
    """Before anything is looked up."""
    done = CliRunner().invoke(cli, list(arguments))
    assert (done.exit_code, told in done.output) == (2, True), done.output


def test_answers_and_proofs(owing, take, line, payments):
    take("collections", line(amount="130.00"), line(2, payor="", case="", amount="7.00"))
    code, said = payments("statement", "2001", "2026-03", "--json")
    assert json.loads(said)["payments"][0]["amount_cents"] == 130_00
    assert "payment of 2026-03-02" in payments("statement", "2001", "2026-03")[1]
    assert payments("statement", "none", "2026-03")[0] == 1
    assert "paid " in payments("explain", "SDU:1", "--as", "payor")[1]
    assert "received_for_case" in payments("explain", "SDU:1", "--as", "payee:2001")[1]
    assert payments("explain", "SDU:1", "--as", "payee:2003")[0] == 1
    assert "entry payment_credited" in payments("explain", "SDU:1")[1]
    code, said = payments("rules")
    assert all(word in said for word in ("pass_through.100_200", "2022-01-01", "§17504"))
    code, said = payments("verify")
    assert code == 0, said
    assert all(word in said for word in ("2e INCOME_WITHHOLDING", "137.00", "unidentified", "agrees   the federal"))


def test_over_rpc(owing, take, line, settings, amqp_url, tmp_path):
    take("collections", line(amount="130.00"))
    take("disbursements", f"SDU,D1,{PAYEE},2001,130.00,2026-03-04,check,issued,")
    client = RpcClient(amqp_url, timeout=10)
    with Process("payments", "rpc", settings=settings, log=tmp_path / "rpc"):
        wait_until(lambda: _answers(client), within=60)
        ask = lambda name, **body: client.query("payments", name, body)  # noqa: E731
        assert ask("payments_made", payor_id=PAYOR)["payments"][0]["amount_cents"] == 130_00
        assert ask("payments_sent", payee_id=PAYEE)["payments"][0]["made_of"][0]["amount_cents"] == 100_00
        assert ask("balances", case_id="2001", effective_on="2026-03-15")["total_cents"] == 170_00
        assert ask("statement", case_id="2001", month="2026-03")["coupon"]["participant_id"] == PAYOR
        assert ask("explain", receipt_id="SDU:1", viewer="payee", case_id="2001")["steps"][0]["amount_cents"] == 130_00
        assert ask("explain", receipt_id="SDU:1", viewer="payor")["steps"][0]["code"] == "received"
        assert ask("explain", receipt_id="SDU:1", viewer="agency")["steps"][0]["entries"]
        assert ask("control_totals") == {"position": 0, "received_cents": 0, "sent_cents": 0,
                                         "owed": {"principal": 0, "interest": 0, "advance": 0}}
        for wrong in ({}, {"case_id": "2001", "participant_id": PAYOR}):
            with pytest.raises(Rejected, match="invalid"):
                ask("balances", **wrong)
        with pytest.raises(Rejected, match="invalid"):
            ask("explain", receipt_id="SDU:1", viewer="payee")
    client.close()


def _answers(client):
    from eventkit.rpc_client import RpcError

    try:
        return client.query("payments", "last_position", {})
    except RpcError:
        return None
