"""What the agency does by the calendar: charge, post interest, distribute what waited, release holds that are over."""
