"""Local parts for running and testing the suite: a database server, a broker, and a supervisor of processes."""
