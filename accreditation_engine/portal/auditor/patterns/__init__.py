"""Patterns that are worth a look: hints from thousands of files at once, and no accusation in any of them."""
