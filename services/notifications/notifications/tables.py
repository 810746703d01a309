"""What this service decides with: whom letters go to, which keys live, what waits, which batches are under way.

Keys, constraints, indexes and rights are made by the migrations.
"""

from __future__ import annotations

from sqlalchemy import ARRAY, Boolean, Column, Date, DateTime, MetaData, Table, Text

metadata = MetaData()

# Personal values stay encrypted as they arrive; they are opened only to make a letter.
address_book = Table(
    "address_book",
    metadata,
    Column("participant_id", Text, primary_key=True),
    Column("name_enc", Text, nullable=False),
    Column("address_enc", Text),
    Column("address_valid", Boolean, nullable=False),
    Column("language", Text, nullable=False),
    Column("email_enc", Text),
)

# Mutable on purpose: a key has to be destroyable, so its private half is here and in no event.
print_keys = Table(
    "print_keys",
    metadata,
    Column("print_key_id", Text, primary_key=True),
    Column("public_key", Text, nullable=False),
    Column("private_enc", Text),  # by the keyring, context `<print key id>|private`; NULL: destroyed
    Column("announced_at", DateTime(timezone=True), nullable=False),
    Column("retired_at", DateTime(timezone=True)),  # NULL: the one that new letters are to be sealed to
    Column("destroyed_at", DateTime(timezone=True)),
)

print_batches = Table(
    "print_batches",
    metadata,
    Column("batch_id", Text, primary_key=True),
    Column("directory", Text, nullable=False),  # a batch begun goes on where it was begun, whatever is set now
    Column("planned_at", DateTime(timezone=True), nullable=False),
    Column("made_at", DateTime(timezone=True)),
)

# An e-mail until it is sent; `next_try_at` is NULL where it was given up and waits for an operator.
outgoing_mail = Table(
    "outgoing_mail",
    metadata,
    Column("mail_id", Text, primary_key=True),
    Column("participant_id", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("email_enc", Text, nullable=False),
    Column("changed_on", Date, nullable=False),
    Column("queued_at", DateTime(timezone=True), nullable=False),
    Column("next_try_at", DateTime(timezone=True)),
)

spool = Table(
    "spool",
    metadata,
    Column("letter_id", Text, primary_key=True),
    Column("participant_id", Text, nullable=False),
    Column("template", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("queued_at", DateTime(timezone=True), nullable=False),
    Column("batch_id", Text),  # the batch that has taken it; the row goes when that is made
    # A letter with a PIN goes to who is in the address book when it is printed:
    Column("pin_sealed", Text),
    Column("print_key_id", Text),
    Column("expires_on", Date),
    # A notice goes to the address that was on file before, which is nowhere else any more:
    Column("name_enc", Text),
    Column("address_enc", Text),
    Column("changed", ARRAY(Text)),
    Column("changed_on", Date),
)
