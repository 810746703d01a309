"""Who is in which case: participants, cases and the roles between them."""
