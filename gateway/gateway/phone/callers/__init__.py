"""Callers made of code, one for each telephone platform: what an agency tries its line with, and the tests walk."""
