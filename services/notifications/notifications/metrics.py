"""What operators watch of the mail: how much went out, how much waits, and for how long."""

from prometheus_client import Counter, Gauge

letters_total = Counter("letters_total", "Letters settled", ["result"])
batches_total = Counter("print_batches_total", "Print batches made")
letters_waiting = Gauge("letters_waiting", "Letters in the spool")
mails_total = Counter("mails_total", "E-mails settled", ["result"])
mails_waiting = Gauge("mails_waiting", "E-mails that are still tried")
mails_given_up = Gauge("mails_given_up", "E-mails that wait for an operator")
letters_oldest_seconds = Gauge("letters_oldest_seconds", "Age of the oldest of them")
