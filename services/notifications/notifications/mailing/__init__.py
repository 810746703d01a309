"""E-mail over SMTP: sent outside any transaction, tried again while that may help, then left to operators."""
