"""The JSON API: what the pages say, for an app. The same functions, rows, words and limits; only the form differs."""

PREFIX = "/api/v1"


def asks_as_app(path: str) -> bool:
    """Whatever is under the prefix is answered in JSON, also where there is nothing."""
    return path == PREFIX or path.startswith(f"{PREFIX}/")
