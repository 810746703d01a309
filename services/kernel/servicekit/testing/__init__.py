"""The sample service, as processes of its own."""
