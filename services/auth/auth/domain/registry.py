"""The names under which this service's events are stored."""

from eventkit.events import EventRegistry

registry = EventRegistry()
