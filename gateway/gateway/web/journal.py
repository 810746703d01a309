"""One line in the log for each request: which route, how it ended and how long it took; never who, or what was asked.

The route's pattern stands for the address, since addresses hold what is not to be logged: cursors, calls' tokens.
"""

from __future__ import annotations

import time
import uuid

from flask import Flask, Response, g, request

from servicekit.logs import bind_correlation, get_logger

log = get_logger()


def install(app: Flask) -> None:
    def begin() -> None:
        g.began = time.perf_counter()
        bind_correlation(uuid.uuid4().hex)

    def note(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "(no such page)"
        if not route.startswith("/static"):
            log.info("request", method=request.method, path=route, status=response.status_code,
                     milliseconds=round((time.perf_counter() - g.began) * 1000, 1))
        return response

    app.before_request(begin)
    app.after_request(note)
