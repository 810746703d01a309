"""Taking in the agency's files of participants and cases."""
