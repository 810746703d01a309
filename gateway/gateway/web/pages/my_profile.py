"""My Profile: what is on file, masked, each part with a way to change it; and what one has asked or reported."""

from collections.abc import Mapping

from flask import render_template, request

from gateway.shown import PROFILE, Text
from gateway.view import my_cases as reading_cases
from gateway.view import my_profile, reading
from gateway.view.my_profile import Profile
from gateway.web.access import Access, Pages
from gateway.web.portal import portal, signed_in
from gateway.web.sending import outcome

pages = Pages("my_profile", __name__)
PARTS: Mapping[str, tuple[str, ...]] = {
    "address": ("address",), "phones": ("phone_mobile", "phone_home", "phone_work"), "email": ("email",),
    "employer": ("employer",),
}
"""What can be changed by itself, and what of the file belongs to it."""


@pages.page("/my-profile", Access.SESSION)
def show() -> str:
    parts, viewer = portal(), signed_in()
    with parts.engine.connect() as conn:
        found = my_profile.profile_of(conn, viewer.participant_id)
        as_of = reading.as_of(conn, "cases")
    return render_template("my_profile.html", profile=found, shown=shown(found), parts_of_file=PARTS, as_of=as_of,
                           outcome=outcome(request.args.get("sent")))


@pages.page("/my-profile/requests", Access.SESSION)
def requests() -> str:
    parts, viewer = portal(), signed_in()
    with parts.engine.connect() as conn:
        found = my_profile.requests_of(conn, viewer.participant_id)
        labels = reading_cases.labels(reading_cases.cases_of(conn, viewer.participant_id))
        as_of = reading.as_of(conn, "cases")
    answers = {one.confirmation: parts.shown.answer(viewer.participant_id, one.answer_enc) for one in found}
    return render_template("my_requests.html", requests=found, answers=answers, labels=labels, as_of=as_of)


def shown(profile: Profile | None) -> Mapping[str, Text]:
    if profile is None:
        return dict.fromkeys(PROFILE)
    return portal().shown.profile(signed_in().participant_id, profile.shown_enc)
