"""Interests: declared before a file opens, told by the organisation, answered by coordinators."""
