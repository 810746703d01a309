"""What the domain refuses of dates and orders, in the words of the reject file."""

from feedkit.feed import Refused

SUPERSEDED = Refused("", "says what a newer line has replaced",
                     "leave it out if it is old; if it counts again, send it under a new id and end this one")
ANOTHER_CASE = Refused("case_id", "is another case than before", "send it under a new id")
STATUS_CANNOT_FOLLOW = Refused("status", "cannot follow the status on file", "leave out a line that is old")
