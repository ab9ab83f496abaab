"""Why a text that somebody wrote is not taken: nobody can read it, or nobody would read it to the end."""

from __future__ import annotations

from accreditation_engine.written import LONGEST, kept_text

from .reasons import Reason


def unlike_text(typed: str, *, missing: str = "", field: str = "") -> list[Reason]:
    """What is wrong with a text as typed. Where one is needed, `missing` is the code of the reason that says so;
    `field` names it where an operation takes several."""
    kept = kept_text(typed)
    if not kept:
        return [Reason(missing)] if missing else []
    if len(kept) <= LONGEST:
        return []
    facts = {"count": len(kept), "most": LONGEST}
    return [Reason("text_too_long", {**facts, "field": field} if field else facts)]
