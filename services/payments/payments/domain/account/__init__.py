"""A case's account: what is owed on it, by obligation, month and bucket; what was credited; what its family is due.

`events.py` what can have happened · `state.py` what follows from it · `commands.py` what can be asked · one module for
each thing that can be asked about · `account.py` puts them together.
"""
