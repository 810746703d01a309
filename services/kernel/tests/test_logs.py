"""What a process writes: one JSON object a line, and never what somebody typed, said or is called."""

import json
import os
import subprocess
import sys
import textwrap

import pytest

from servicekit.logs import scrub

CANARY = "canary-93415"
START = """
import logging, sys, threading
from servicekit.logs import bind_correlation, configure, get_logger
from eventkit.secret import Secret
from structlog.contextvars import bound_contextvars
CANARY = "canary-93415"
for name in ("gunicorn.error", "werkzeug"):  # as these libraries do it before us
    logging.getLogger(name).addHandler(logging.StreamHandler())
    logging.getLogger(name).propagate = False
configure("till", "rpc", "INFO")
log = get_logger()
"""


@pytest.fixture
def said():
    """The lines a process writes, read back; and nothing of the canary anywhere."""

    def run(script, language="C.UTF-8"):
        found = subprocess.run([sys.executable, "-c", START + textwrap.dedent(script)], capture_output=True, text=True,
                               check=False,
                               env={**os.environ, "PYTHONIOENCODING": "ascii" if language == "C" else "utf-8"})
        assert CANARY not in found.stdout + found.stderr
        assert found.stderr == ""
        return [json.loads(line) for line in found.stdout.splitlines()]

    return run


def test_a_line_says_when_who_and_what(said):
    [line] = said('log.info("ready", duties="relay", port=8000)')
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "ready", "level": "info", "service": "till", "role": "rpc", "duties": "relay",
                    "port": 8000}


def test_what_is_not_on_the_list_is_hidden_and_its_name_kept(said):
    [line] = said("""
        log.info("ready", first_name=CANARY, name=Secret(CANARY), count=[CANARY], attempt=ValueError(CANARY))
        """)
    assert (line["first_name"], line["name"], line["count"]) == ("[redacted]",) * 3
    assert line["attempt"] == "ValueError"


def test_an_error_is_told_by_its_kind_and_place(said):
    [line] = said("""
        def open_the_till():
            raise ValueError(CANARY)
        try:
            open_the_till()
        except ValueError:
            log.exception("failed")
        """)
    assert line["error"] == "ValueError"
    assert line["frames"].startswith("<string>:")
    assert ":open_the_till < " in line["frames"]


@pytest.mark.parametrize("library", ["nameko.rpc", "kombu.connection", "amqp", "gunicorn.error", "werkzeug",
                                     "sqlalchemy.engine.Engine", "alembic.runtime"])
def test_libraries_write_the_same_lines_without_their_arguments(said, library):
    line, failed = said(f"""
        library = logging.getLogger({library!r})
        library.info("seldom of use %s", CANARY)
        library.warning("lost %s of 123456789", CANARY)
        try:
            raise OSError(CANARY)
        except OSError as error:
            library.error(error, exc_info=True, stack_info=True)
        """)
    assert (line["event"], line["level"], line["logger"]) == ("lost %s of #", "warning", library)
    assert (failed["event"], failed["error"]) == ("OSError", "OSError")


def test_a_message_that_does_not_fit_its_arguments_shows_neither_them_nor_a_trace(said):
    [line] = said("""
        class Unspeakable:
            def __str__(self):
                raise ValueError(CANARY)
        logging.getLogger("kombu").warning(Unspeakable(), CANARY)
        logging.getLogger("kombu").warning("%d tries", CANARY)
        """)
    assert line["event"] == "%d tries"


def test_what_nobody_caught_is_told_by_its_kind_and_place_too(said):
    thread, process = said("""
        def fail():
            raise ValueError(CANARY)
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        threading.Thread(target=sys.exit).start()
        fail()
        """)
    for line in (thread, process):
        assert (line["event"], line["error"]) == ("crashed", "ValueError")


def test_lines_of_one_request_carry_its_correlation_and_the_next_ones_do_not(said):
    lines = said("""
        with bound_contextvars(correlation_id="abc"):
            log.info("in")
            logging.getLogger("kombu").warning("in")
        log.info("out")
        bind_correlation("def")
        log.info("bound")
        """)
    assert [line.get("correlation_id") for line in lines] == ["abc", "abc", None, "def"]


def test_any_text_can_be_written_wherever_the_process_runs(said):
    [line] = said('log.info("ready", name="Núñez \\ud800\\n{")', language="C")
    assert line["name"] == "Núñez \ud800\n{"


def test_levels(said):
    lines = said("""
        log.debug("no")
        configure("till", "rpc", "debug"); log.debug("yes")
        configure("till", "rpc", "nonsense"); log.debug("no"); log.info("yes")
        """)
    assert [line["event"] for line in lines] == ["yes", "yes"]


@pytest.mark.parametrize(("text", "scrubbed"), [
    ("call (217) 555-0100 now", "call (# now"), ("ssn 123-45-6789", "ssn #"), ("to ana@mail.example!", "to @"),
    ("port 8000, 42 tries", "port 8000, 42 tries"), ("x" * 2000, "x" * 1000)])
def test_long_numbers_and_addresses_of_mail_are_taken_out_of_messages(text, scrubbed):
    assert scrub(text) == scrubbed
