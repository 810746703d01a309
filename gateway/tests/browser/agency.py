"""What stands behind the portal in these tests, to be looked at, changed and taken away."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask

from ..facts import Facts
from ..web.cases_service import CasesService
from ..web.parts import AuthService, Clock


@dataclass
class Agency:
    """Who answers the portal, what was told it, what time it is there, and the portal itself."""

    auth: AuthService
    desk: CasesService
    facts: Facts
    clock: Clock
    app: Flask
