"""What waits for a reviewer, in which order, and how a place is taken, given back or handed over."""
