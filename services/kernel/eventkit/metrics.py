"""The kernel's metrics, one place for their names."""

from prometheus_client import Counter, Gauge, Histogram

_SUBSCRIPTION = ["subscription", "publisher"]

commands_total = Counter("commands_total", "Commands and queries answered", ["command", "result"])
command_seconds = Histogram("command_seconds", "Time to the reply", ["command"])
outbox_depth = Gauge("outbox_depth", "Events the broker has not confirmed", ["service"])
outbox_oldest_seconds = Gauge("outbox_oldest_seconds", "Age of the oldest of them", ["service"])
relay_published_total = Counter("relay_published_total", "Events published and confirmed", ["service"])
subscription_position = Gauge("subscription_position", "Position applied", _SUBSCRIPTION)
subscription_lag = Gauge("subscription_lag_seconds", "Age of the last event when applied", _SUBSCRIPTION)
subscription_applied_total = Counter("subscription_applied_total", "Events applied", _SUBSCRIPTION)
parked_events = Gauge("parked_events", "Events that wait for an operator", _SUBSCRIPTION)
