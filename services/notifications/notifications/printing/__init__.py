"""From waiting letters to a finished print batch, so that a crash at any point loses and doubles nothing."""
