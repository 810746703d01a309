"""What the suite promises: its public events, and the gateway's API. `python tests/contracts/catalogs.py` writes it."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from eventkit.public import PublicCatalog
from gateway.api.__main__ import document
from servicekit.contracts import asyncapi, release, write

TOP = Path(__file__).parents[2]
DOCUMENT = TOP / "infra/docs/asyncapi.yaml"
API = TOP / "gateway/contracts/openapi.json"
RELEASED_API = API.with_name("openapi.released.json")
SERVICES = ("auth", "cases", "notifications", "payments")


def catalog_of(service: str) -> PublicCatalog:
    """A service's catalog, wherever its package keeps it: the definition has it."""
    for module in ("definition", "service_definition", "publishing", "__main__"):
        try:
            found = importlib.import_module(f"{service}.{module}")
        except ModuleNotFoundError:
            continue
        for name in ("definition", "DEFINITION", "service"):
            if hasattr(getattr(found, name, None), "catalog"):
                catalog: PublicCatalog = getattr(found, name).catalog
                return catalog
        if isinstance(getattr(found, "catalog", None), PublicCatalog):
            return found.catalog  # type: ignore[no-any-return]
    raise LookupError(f"{service} has no catalog")


def folder_of(service: str) -> Path:
    return TOP / "services" / service / "contracts"


def main(words: list[str]) -> None:
    for service in SERVICES:
        write(catalog_of(service), folder_of(service))
        if "release" in words:
            release(folder_of(service))
    DOCUMENT.write_text(asyncapi(catalog_of(service) for service in SERVICES))
    API.write_text(document())
    if "release" in words:
        RELEASED_API.write_text(API.read_text())


if __name__ == "__main__":
    main(sys.argv[1:])
