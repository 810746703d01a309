"""Writes the environment files of the composed suite, one per service with only its own secrets; once."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from workbench.keys import load_or_make
from workbench.plan import SETTINGS

HERE = Path(__file__).parent
HOUSE = HERE / "env"
FIXED = {"LETTERS_DIR": "/var/lib/letters", "PRINT_EVERY_SECONDS": "60", "PUBLIC_HOST": "0.0.0.0",
         "PUBLIC_PORT": "8080", "AGENCY_HOST": "0.0.0.0", "AGENCY_PORT": "8090",
         "SECURE_COOKIES": "false"}


def main() -> None:
    HOUSE.mkdir(mode=0o700, exist_ok=True)
    values = {**FIXED, **load_or_make(HOUSE / "secrets.env")}
    postgres, rabbitmq = _kept("postgres"), _kept("rabbitmq")
    _write("postgres", {"POSTGRES_USER": "postgres", "POSTGRES_PASSWORD": postgres})
    _write("rabbitmq", {"RABBITMQ_DEFAULT_USER": "customer_connect", "RABBITMQ_DEFAULT_PASS": rabbitmq})
    for service, names in SETTINGS.items():
        owner, app = (_url(service, role, postgres) for role in ("owner", "app"))
        own = {name: values[name] for name in names}
        for door in ("PUBLIC", "AGENCY"):
            if f"{door}_PORT" in own:
                own[f"{door}_HOST"] = values[f"{door}_HOST"]
        amqp = f"amqp://customer_connect:{rabbitmq}@rabbitmq:5672/%2F"
        _write(service, {"DATABASE_URL": app, "AMQP_URL": amqp, **own})
        _write(f"{service}-migrate", {"DATABASE_URL": app, "DATABASE_OWNER_URL": owner, "AMQP_URL": amqp,
                                      "DATABASE_APP_ROLE": f"{service}_app", **own})


def _url(service: str, role: str, password: str) -> str:
    """The password is derived as databases.sh derives it."""
    own = hashlib.sha256(f"{service}-{role}-{password}".encode()).hexdigest()[:32]
    return f"postgresql+psycopg2://{service}_{role}:{own}@postgres:5432/{service}"


def _kept(name: str) -> str:
    place = HOUSE / f"{name}.password"
    if not place.exists():
        place.touch(0o600)
        place.write_text(secrets.token_hex(16))
    return place.read_text()


def _write(name: str, values: dict[str, str]) -> None:
    place = HOUSE / f"{name}.env"
    place.touch(0o600)
    place.write_text("".join(f"{key}={value}\n" for key, value in values.items()))


if __name__ == "__main__":
    main()
