"""Visits on site and from afar: planned, answered by the organisation, held, and closed with a report."""
