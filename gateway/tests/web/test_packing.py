"""Pages travel packed to browsers that take it, and as they are to others."""

from __future__ import annotations

import gzip

from .parts import BOTH, Visitor


def test_a_page_is_packed_for_who_takes_it(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    packed = visitor.client.get("/my-payments/made-by-me", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip" and "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.get_data()) == int(packed.headers["Content-Length"]) < 10_000
    plain = visitor.client.get("/my-payments/made-by-me")
    assert "Content-Encoding" not in plain.headers
    assert len(gzip.decompress(packed.get_data())) == len(plain.get_data()), "but for the form token"


def test_files_and_who_refuses_it_get_what_they_are(visitor: Visitor) -> None:
    visitor.log_in(BOTH)
    for path, taken in (("/my-payments/made-by-me/list.csv", "gzip"), ("/overview", "gzip;q=0"), ("/overview", "br")):
        assert "Content-Encoding" not in visitor.client.get(path, headers={"Accept-Encoding": taken}).headers
