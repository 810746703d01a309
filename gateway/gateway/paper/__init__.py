"""What a customer prints or keeps, as tagged PDF in the reader's language."""
