"""The one register of this service's stored events."""

from eventkit.events import EventRegistry

registry = EventRegistry()
