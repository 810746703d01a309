"""What every answer tells the browser: no scripts but ours, no frames, no guests, nothing kept."""

from __future__ import annotations

from flask import Flask, Response

CONTENT_SECURITY_POLICY = "; ".join((
    "default-src 'none'", "style-src 'self'", "script-src 'self'", "connect-src 'self'", "img-src 'self'",
    "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
))
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noarchive",
}
_ALWAYS = tuple((name, name.lower(), value) for name, value in {**HEADERS, "Cache-Control": "no-store"}.items())
HSTS = "max-age=31536000; includeSubDomains"


def install(app: Flask, *, secure: bool) -> None:
    def protect(response: Response) -> Response:
        there = {name.lower() for name, _ in response.headers}  # looked through once, not once a header
        for name, lowered, value in _ALWAYS:
            if lowered not in there:
                response.headers.add(name, value)
        if secure:
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        return response

    app.after_request(protect)
