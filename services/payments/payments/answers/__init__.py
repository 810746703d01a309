"""What can be asked of the ledger: short functions over events, journal and worklists that give plain dicts.

Amounts are integer cents; days are ISO dates (`2026-03-31`), those of America/Los_Angeles. Every answer can be had as
of a past day (`effective_on`: what counts for that day or one before) and as of a past moment (`recorded_at`: what was
known by then); see `moment.Moment`.
"""
