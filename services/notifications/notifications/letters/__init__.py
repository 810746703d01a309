"""Letters as tagged PDF in the reader's language."""
