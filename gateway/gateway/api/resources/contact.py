"""Changing what is on file of the customer, each part by itself, as the forms of the pages do."""

from collections.abc import Mapping
from typing import Any

from gateway.api.fields import Choice, Flag, Typed
from gateway.api.reach import Reach
from gateway.api.resource import Resource
from gateway.api.shapes import word
from gateway.api.telling import PROBLEMS, Telling, Told, told, typed
from gateway.catalogue import LANGUAGES
from gateway.web.my_contact import CITY, SECTIONS, change
from gateway.web.portal import text
from gateway.web.typed import LINE

resource = Resource("contact", __name__, "Change what is on file of the customer. What is left out stays as it is; to "
                    "take away what is on file is a field of its own.")
NUMBER = "10 digits of the North American plan, area code first."


class Address(Telling):
    line1 = Typed("Street address, or post office box.", longest=LINE, required=True)
    line2 = Typed("Apartment, suite, in care of.", longest=LINE)
    city = Typed("City.", longest=CITY, required=True)
    state = Typed("Two letters, as the Postal Service writes it.", required=True, metadata={"example": "CA"})
    zip = Typed("5 digits, or 5 and 4 with a dash.", required=True, metadata={"example": "93030"})


class Phones(Telling):
    phone_mobile, phone_home, phone_work = (
        Typed(f"{name} phone: {NUMBER}", metadata={"example": "805-555-0142"}) for name in ("Mobile", "Home", "Work"))
    remove_phone_mobile, remove_phone_home, remove_phone_work = (
        Flag(f"True: take away the {name} phone.") for name in ("mobile", "home", "work"))


class Email(Telling):
    email = Typed("E-mail address.", longest=254)
    remove_email = Flag("True: take the address away.")


class Employer(Telling):
    employer_name = Typed("Name of the employer.", longest=LINE)
    employer_phone = Typed(f"Phone of the employer: {NUMBER}")
    employer_city = Typed("City where the employer is.", longest=CITY)
    remove_employer = Flag("True: take the employer away.")


class Preferences(Telling):
    language = Choice("Language of letters and e-mail.", *LANGUAGES, required=True)
    email_notices = Flag("Whether notices come by e-mail.", required=True)


class Saved(Told):
    warning = word("For the reader: what to do if it was somebody else. Null where nobody is told of the change.",
                   or_none=True)


@resource.endpoint("POST", "/profile/address", Reach.OWN_PIN, Saved, body=Address, problems=PROBLEMS)
def address(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Change my mailing address"""
    return _change("address", body)


@resource.endpoint("POST", "/profile/phones", Reach.OWN_PIN, Saved, body=Phones, problems=PROBLEMS)
def phones(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Change my phone numbers"""
    return _change("phones", body)


@resource.endpoint("POST", "/profile/email", Reach.OWN_PIN, Saved, body=Email, problems=PROBLEMS)
def email(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Change my e-mail address"""
    return _change("email", body)


@resource.endpoint("POST", "/profile/employer", Reach.OWN_PIN, Saved, body=Employer, problems=PROBLEMS)
def employer(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Change my employer"""
    return _change("employer", body)


@resource.endpoint("POST", "/profile/preferences", Reach.OWN_PIN, Saved, body=Preferences, problems=PROBLEMS)
def preferences(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Change how the agency writes to me"""
    return _change("preferences", body)


def _change(section: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
    said = typed(body, SECTIONS[section].fields)
    if section == "preferences":
        said = typed({**body, "email_notices": "yes" if body["email_notices"] else "no"}, SECTIONS[section].fields)
    answer = told(change(section, said, body["command_id"]), said, "update.done")
    return {**answer, "warning": text("update.done.told") if section != "preferences" else None}
