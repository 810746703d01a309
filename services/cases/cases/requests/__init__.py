"""What customers ask and report, each under a confirmation number."""
