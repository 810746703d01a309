"""The ledger service: what came in, what it was applied to, what was sent, and every cent of it in the journal."""
