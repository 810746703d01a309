"""The gateway: the read view, the web portal and the phone channel over the services."""
