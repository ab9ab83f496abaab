"""What the walk has in common with the others."""

from __future__ import annotations

from tests.portal.visibility.conftest import _quiet  # noqa: F401 -- most of what is asked for is refused
