"""What happens to a participant. Every event has the whole new state, so that what is published needs nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cases.domain.profile import Details, Said
from cases.domain.protected import Protected
from cases.domain.registry import registry

CONTACT = ("address", "phone_home", "phone_mobile", "phone_work", "email")


@registry.event("ParticipantRegistered", version=2)
@dataclass(frozen=True)
class ParticipantRegistered:
    participant_id: str
    details: Details


@registry.event("ParticipantChanged", version=2)
@dataclass(frozen=True)
class ParticipantChanged:
    """The agency said something new. `details` is the whole new state; `changed` names the fields that are new; `said`
    is what the agency said, where that differs: what the participant changed themselves stays."""

    participant_id: str
    details: Details
    changed: tuple[str, ...]
    said: Said | None = None


@dataclass(frozen=True)
class OldContact:
    """Where somebody was reached until they changed it themselves."""

    address: Protected | None
    address_valid: bool
    email: Protected | None


@registry.event("ContactUpdated")
@dataclass(frozen=True)
class ContactUpdated:
    """The participant changed it themselves, under this confirmation number. `details` is the whole new state."""

    participant_id: str
    details: Details
    changed: tuple[str, ...]
    confirmation: str
    old: OldContact


@registry.event("PreferencesSet")
@dataclass(frozen=True)
class PreferencesSet:
    """How the participant wants to hear from us. `details` is the whole new state."""

    participant_id: str
    details: Details
    changed: tuple[str, ...]


@registry.event("ProfileShown")
@dataclass(frozen=True)
class ProfileShown:
    """What they may see is masked anew; nothing else is new."""

    participant_id: str
    details: Details


Event = ParticipantRegistered | ParticipantChanged | ContactUpdated | PreferencesSet | ProfileShown


@registry.upcaster("ParticipantRegistered", 1)
def _registered_before_profiles(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "details": {**data["details"], **_BEFORE_PROFILES}}


@registry.upcaster("ParticipantChanged", 1)
def _changed_before_profiles(data: dict[str, Any]) -> dict[str, Any]:
    """Until then nobody but the agency changed anything."""
    return {**data, "details": {**data["details"], **_BEFORE_PROFILES}, "said": None}


_BEFORE_PROFILES = {"phone_home": None, "phone_mobile": None, "phone_work": None, "employer": None, "protected": False,
                    "email_notices": False, "shown": None}
