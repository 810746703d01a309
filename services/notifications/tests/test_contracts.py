"""What leaves the service keeps its shape."""

from pathlib import Path

from eventkit.contracts import check
from notifications.publishing import catalog

CONTRACTS = Path(__file__).parent.parent / "contracts"


def test_the_contract_files_are_what_the_code_says_and_released_ones_do_not_change():
    assert check(catalog, CONTRACTS) == []
