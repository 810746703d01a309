"""The journal: chart of accounts, postings, and the tables that refuse an unbalanced entry."""
