"""Every task that changes or finds something, with the keyboard alone: now in one language, now in the other."""

from __future__ import annotations

from typing import Any

import pytest

from gateway.catalogue import LANGUAGES, Language

from .agency import Agency
from .conftest import WIDTHS, Opener
from .journeys import TASKS, Task
from .keyboard import KeyboardVisitor
from .states import EVERYWHERE
from .test_every_task import settings  # noqa: F401  the quick exit leads to this machine

NAMES = (
    "confirm_an_appointment", "ask_for_another_time", "change_the_address", "change_the_e_mail",
    "add_a_phone_number_and_remove_another", "name_a_new_employer",
    "choose_how_the_agency_gets_in_touch", "report_with_a_concern_about_safety",
    "mend_a_report_and_type_the_ssn_again", "narrow_the_list_to_one_case", "turn_the_pages_of_a_list",
    "look_at_the_months", "take_payments_sent_along", "read_the_statement_of_a_month", "read_the_answer_of_the_agency",
    "end_all_other_sessions", "find_the_office_of_a_county", "find_an_answer_and_a_word_in_the_help",
    "change_the_language_in_the_middle", "log_out", "leave_at_once", "take_dates_to_the_calendar",
)
COMBINATIONS: list[tuple[Language, str]] = [(language, width) for width in WIDTHS for language in LANGUAGES]


def chosen() -> list[Any]:
    tasks = {task.name: task for task in TASKS}
    return [pytest.param(tasks[name], language, width, id=f"{name}-{language}-{width}")
            for number, name in enumerate(NAMES) for place, (language, width) in enumerate(COMBINATIONS)
            if EVERYWHERE or place == number % len(COMBINATIONS)]


@pytest.mark.parametrize(("task", "language", "width"), chosen())
def test_it_is_done_without_a_mouse(new_page: Opener, elsewhere: str, agency: Agency, task: Task, language: Language,
                                    width: str) -> None:
    page = new_page(language, width)
    page.context.route(f"{elsewhere}**", lambda route: route.continue_())
    visitor = KeyboardVisitor(page, language, True, width, agency)
    task.does(visitor)
