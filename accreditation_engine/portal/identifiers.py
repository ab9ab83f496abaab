"""Identifiers as they come in addresses and forms."""

from __future__ import annotations

from uuid import UUID


def identifier(written: str) -> UUID | None:
    """The UUID that is written there, if it is one."""
    try:
        return UUID(written)
    except ValueError:
        return None
