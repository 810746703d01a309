"""A synthetic agency: people, cases and two years of payments, the same bytes for the same question."""
