"""`python -m gateway.api`: prints the OpenAPI document, without a database or anything else."""

import sys

from flask import Flask

from gateway.api.mounting import mount, written
from gateway.catalogue import Catalogue


def document() -> str:
    return written(mount(Flask(__name__, static_folder=None), Catalogue.load("web")))


if __name__ == "__main__":
    sys.stdout.write(document())
