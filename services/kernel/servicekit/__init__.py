"""What hosts a service: its processes and roles, settings, logs, health, migrations and contract files."""
