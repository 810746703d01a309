"""Benchmarks: what it costs, in ratios measured in one run on one machine."""
