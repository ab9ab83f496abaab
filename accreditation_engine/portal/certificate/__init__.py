"""A certificate in its file, and the steps of its life."""
