"""What must hold in any history of the ledger (`promises.py`); what may happen in one is in `test_any_history.py`."""
