"""The languages that tests speak."""
