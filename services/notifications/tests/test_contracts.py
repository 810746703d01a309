"""What leaves the service keeps its shape."""

from pathlib import Path

from notifications.publishing import catalog
from servicekit.contracts import check

CONTRACTS = Path(__file__).parent.parent / "contracts"


def test_the_contract_files_are_what_the_code_says_and_released_ones_do_not_change():
    assert check(catalog, CONTRACTS) == []
