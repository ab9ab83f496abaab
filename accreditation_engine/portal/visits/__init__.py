"""Visits of an organisation: planned, answered, held and reported."""
