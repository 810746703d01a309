"""The mechanism every service stands on: from a command to its events, and on to whoever hears them."""
