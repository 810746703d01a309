"""What participants change themselves, and what they answer."""
