"""What of one's own file needs a look, on the overview (overview_profile.html): mail that came back, new answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Connection

from gateway.view import my_profile

ANSWER_TOLD: Final = timedelta(days=14)


@dataclass(frozen=True)
class Attention:
    """`answered` is how many requests the agency has answered lately. While mail comes back no PIN can be sent."""

    mail_came_back: bool
    answered: int


def needed(conn: Connection, viewer_id: str, today: date) -> Attention:
    profile = my_profile.profile_of(conn, viewer_id)
    answered = [one for one in my_profile.requests_of(conn, viewer_id)
                if one.answered_on and today - one.answered_on < ANSWER_TOLD]
    return Attention(profile is not None and not profile.address_valid, len(answered))
