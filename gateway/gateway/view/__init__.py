"""The view: what each customer may see, kept in rows of their own from the public events of all services."""
