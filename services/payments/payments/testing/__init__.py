"""For tests and benchmarks: the ledger in memory."""
