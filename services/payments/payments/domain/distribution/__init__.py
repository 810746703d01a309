"""How a collection is shared: across the payor's cases (`allocation.py`), within each (`within_case.py`), to whom each
part goes (`destinations.py`), and the whole of it as one pure function (`plan.py`)."""
