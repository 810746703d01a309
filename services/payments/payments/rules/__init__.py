"""The law, as data with effective dates: each module is one rule, its entries with their source, and a small pure
function that reads it. A new law is a new dated entry here, and its vectors in tests/vectors.

`python -m payments rules` prints every entry, for whoever wants to read the law and nothing else.
"""
