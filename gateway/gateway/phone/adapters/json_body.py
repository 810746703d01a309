"""What the body of a request in JSON tells. Nothing of it is believed to have the shape it should have."""

import json
from collections.abc import Mapping
from typing import Any

from gateway.phone.adapters.adapter import Request


def told(request: Request) -> Mapping[str, Any]:
    """Nothing where it is no JSON object."""
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):  # no JSON, no UTF-8, or thousands of brackets
        return {}
    return found if isinstance(found, dict) else {}


def text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""
