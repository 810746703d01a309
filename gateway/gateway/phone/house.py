"""What the phone line says of the agency that runs it: its names, numbers, hours and where payments go."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time

from gateway.catalogue import Language
from gateway.phone.turns import Clock, Name, Spelled, Text, Value


@dataclass(frozen=True)
class Hours:
    """When agents answer, where the agency is: from one day of the week to another (Monday is 0), but for some days."""

    first_day: int = 0
    last_day: int = 4
    opens: time = time(7)
    closes: time = time(17)
    closed_on: frozenset[date] = frozenset()

    def but_for(self, closed_on: frozenset[date]) -> "Hours":
        return replace(self, closed_on=closed_on)


@dataclass(frozen=True)
class House:
    """`line`: what the caller has reached; `web` and `pay_to` as they are written; `tty` with its separators; `voices`
    as the platform calls them, none for its own."""

    line: Mapping[Language, str] = field(default_factory=lambda: {"en": "Customer Connect", "es": "Cliente Conectado"})
    tty: str = "1-866-399-4096"
    web: str = "www.childsup-connect.ca.gov"
    pay_to: str = "P.O. Box 1000, Sacramento, California 95899"
    hours: Hours = field(default_factory=Hours)
    counties: tuple[str, ...] = ()
    voices: Mapping[Language, str] = field(default_factory=dict)

    def values(self, language: Language) -> Mapping[str, Value]:
        """For the placeholders that every text may have."""
        hours = self.hours
        return {
            "house": Name(self.line[language]), "tty": Spelled(self.tty), "web": Name(self.web),
            "pay_to": Name(self.pay_to), "first_day": Text(f"weekday.{hours.first_day}"),
            "last_day": Text(f"weekday.{hours.last_day}"), "opens": Clock(hours.opens), "closes": Clock(hours.closes),
        }
