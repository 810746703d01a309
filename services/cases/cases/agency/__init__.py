"""The agency's side of what customers ask and report: a command line and a JSON API, for people who work there."""
