"""What operators watch of the mail: how much went out, how much waits, and for how long."""

from prometheus_client import Counter, Gauge

letters_total = Counter("letters_total", "Letters settled", ["result"])
batches_total = Counter("print_batches_total", "Print batches made")
letters_waiting = Gauge("letters_waiting", "Letters in the spool")
letters_oldest_seconds = Gauge("letters_oldest_seconds", "Age of the oldest of them")
