"""The agency's files of money, taken in batch by batch."""
