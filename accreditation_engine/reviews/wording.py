"""Where the words of a finding lie: beside its events, the latest of which counts."""

from __future__ import annotations

EXPLAINED, AMENDED = "amendment_explained", "text_amended"
"""Kinds of events of a finding. One text lies beside an event: the reason beside the first, what is said from now
on beside the second."""

WORDED = ("opened", AMENDED)
"""Kinds of events beside which lies what was found; the latest of them counts."""
