"""The auth service: accounts, PINs, log-ins and locks."""
