"""Agencies' files: read, checked line by line, applied in batches, rejects written down."""
