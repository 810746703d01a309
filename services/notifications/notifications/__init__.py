"""Mail to customers: letters in print batches; e-mail has its place beside them."""
