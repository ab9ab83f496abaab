"""Days as they are typed into forms."""

from __future__ import annotations

from datetime import date


def day_typed(written: str) -> date | None:
    """None for what is no date, and for the first and last days that there are: nothing lies beyond them."""
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return None
    return found if date.min < found < date.max else None
