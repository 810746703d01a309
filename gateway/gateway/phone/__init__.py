"""The phone channel: one pure call engine, a dialog that is a table, and adapters that render its turns."""
