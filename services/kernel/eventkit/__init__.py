"""The kernel every service stands on: mechanism only, no word of the domain."""

__version__ = "0.1.0"
