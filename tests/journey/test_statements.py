"""A month ends: charges, interest and statements are run, and who pays reads the statement, takes it along as PDF, and
tells the agency something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser import browsing, chromium
from customer import choose_pin, log_in, request_pin, submit, visit
from letters import pin_in, print_letters
from people import BEHIND, BEHINDS_CASE, collection
from pypdf import PdfReader
from suite import write_csv

from eventkit.testing.processes import wait_until

pytestmark = pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine")
PIN = "617294"
CASE_ID = str(BEHINDS_CASE["case_id"])
ONE = f"/my-payments/statements/{CASE_ID}/2026-10"
TOLD = {"Previous balance": "$302.47", "New charges: child support": "$300.00", "Payments received": "-$120.00",
        "Interest added": "$4.07", "Balance on October 31, 2026": "$486.54", "Past due": "$300.00",
        "Support for October 2026, not paid": "$180.00", "Total owed": "$486.54", "Amount due": "$180.00"}
"""September was not paid at all, and bears interest; $120 of October's $300 came by card."""


@pytest.fixture(scope="module")
def page(agency):
    """Of who pays, logged in, after the runs of October."""
    paid = [collection(31, 12_000, "2026-10-20", "OTHER", "CARD", BEHIND.participant_id, CASE_ID)]
    agency.run("payments", "run", "charges", "--month", "2026-10")
    agency.run("payments", "import", "collections", str(write_csv(agency.folder / "october.csv", paid)))
    agency.run("payments", "run", "interest", "--through", "2026-10")
    agency.run("payments", "run", "statements", "--month", "2026-10")
    with browsing() as browser:
        page = visit(browser, agency, scripts=True)
        request_pin(page, BEHIND.participant_id)
        [letter] = print_letters(agency)
        log_in(page, agency.address, BEHIND.participant_id, pin_in(letter))
        choose_pin(page, PIN)
        yield page


def test_the_page_and_its_pdf_say_the_same(agency, page):
    page.goto(f"{agency.address}/my-payments/statements")
    wait_until(lambda: page.reload() and page.locator(f"a[href='{ONE}']").count() == 1, within=20, every=0.2)
    page.locator(f"a[href='{ONE}']").click()
    shown = " ".join(page.inner_text("main").split())
    with page.expect_download() as taken:
        page.locator("main a[href$='.pdf']").click()
    sheets = PdfReader(Path(taken.value.path())).pages
    paper = " ".join(word for sheet in sheets for word in sheet.extract_text().split())
    for said in (shown, paper):
        for name, amount in TOLD.items():
            assert f"{name} {amount}" in said, name
        assert "October 20, 2026 Card $120.00" in said, "how it was paid"
    assert sorted(re.findall(r"-?\$[\d,.]+", shown)) == sorted(re.findall(r"-?\$[\d,.]+", paper))


def test_a_report_reaches_the_agency_and_it_alone(agency, page):
    """What is in it is read by the agency's API; the search for canaries then finds it in no log of that."""
    page.goto(f"{agency.address}/my-profile/other-party")
    page.fill("[name=employer]", BEHIND.line1)
    submit(page)
    assert page.url.split("/")[-2] == "done"
    token = agency.run("cases", "agency-token", "create", "journey", "--scope", "read").stdout.strip()
    asking = page.context.request
    headers = {"Authorization": f"Bearer {token}"}
    assert asking.get(f"{agency.agency_address}/requests").status == 401
    [one] = asking.get(f"{agency.agency_address}/requests", headers=headers).json()["requests"]
    content = asking.get(f"{agency.agency_address}/requests/{one['confirmation']}/content", headers=headers)
    assert BEHIND.line1 in content.text()
