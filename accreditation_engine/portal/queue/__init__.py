"""A reviewer's queue."""
