"""What strangers read of a certificate: one of five words.

Source: IAF CertSearch, the statuses of a certification.
"""

from __future__ import annotations

from typing import Literal, get_args

PublicStatus = Literal["active", "suspended", "cancelled", "withdrawn", "expired"]
PUBLIC_STATUSES: tuple[PublicStatus, ...] = get_args(PublicStatus)


def word_for(name: str, written: PublicStatus | None, *, final: bool) -> PublicStatus:
    """The word for the state of that `name`: the one that is `written`, or the name itself where it is one.

    Editions of before this was asked for have states with neither; of these as little is promised as can be: while
    something may still come of it the certificate counts as suspended, and afterwards as withdrawn.
    """
    said = follows_from(name, written)
    if said is not None:
        return said
    return "withdrawn" if final else "suspended"


def follows_from(name: str, written: PublicStatus | None) -> PublicStatus | None:
    """None where neither says it."""
    return written or next((each for each in PUBLIC_STATUSES if each == name), None)
