"""The public events of this service: each schema registers itself here."""

from eventkit.public import PublicCatalog

catalog = PublicCatalog("cases")
