"""The county of a ZIP code, by the post office's list in the package `zipcodes`; nothing is asked of a network."""

from collections.abc import Callable
from typing import Any, cast

import zipcodes


def counties_of(state: str) -> Callable[[str], str | None]:
    """A function that gives "Los Angeles County"; None for what is no ZIP code, or one of another state."""

    def county_of(zip_code: str) -> str | None:
        matching = cast(Callable[[str], list[dict[str, Any]]], zipcodes.matching)
        try:
            found = matching(zip_code)
        except ValueError:
            return None
        return next((str(one["county"]) for one in found if one["state"] == state and one["county"]), None)

    return county_of
