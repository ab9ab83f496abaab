"""Every code with which programs are refused, as an example of the problem that has it."""

from __future__ import annotations

from typing import Any, NamedTuple


class Known(NamedTuple):
    """`within` are parts of the addresses that may refuse so, or what they may be asked with; with none, all of
    them may."""

    status: int
    title: str
    detail: str
    within: tuple[str, ...] = ()
    more: dict[str, Any] | None = None


TRAIL, PROOFS = "/trail/", ("/inclusion", "/consistency")
KNOWN: dict[str, Known] = {
    "bad-request": Known(
        400, "Bad request", "What was sent is no JSON that can be read: see line 1, column 2."
    ),
    "no-token": Known(
        401, "Not signed in", "Send a token that holds, after the word Bearer in the header Authorization."
    ),
    "not-in-scope": Known(403, "Not allowed", "This token does not allow it; it needs dossiers:read."),
    "second-factor-missing": Known(403, "Not allowed", "Your roles need a second factor."),
    "interests-undeclared": Known(
        403, "Not allowed", "Declare your interests on the page of this file first.", ("/dossiers/",)
    ),
    "no-such-certificate": Known(
        404, "Not found", "No certificate has this number. Compare it digit by digit.", ("/certificates/",)
    ),
    "no-such-dossier": Known(
        404, "Not found", "No file that you may see has this identifier.", ("/dossiers/",)
    ),
    "not-shown": Known(
        404,
        "Not found",
        "You see this file, but this part of it is not shown to you.",
        ("/events", "/upkeep"),
    ),
    "no-queue": Known(404, "Not found", "You review nowhere, so that no queue is yours.", ("/queue",)),
    "no-checkpoint": Known(404, "Not found", "There is no checkpoint yet.", (TRAIL,)),
    "no-such-checkpoint": Known(404, "Not found", "No checkpoint is of so many events.", ("/checkpoints/",)),
    "no-such-event": Known(
        404,
        "Not found",
        "The trail knows no event with this hash. Compare it digit by digit.",
        ("/inclusion",),
    ),
    "not-covered": Known(404, "Not found", "No checkpoint covers this event yet.", ("/inclusion",)),
    "no-such-tile": Known(404, "Not found", "There is no such tile.", ("/tiles/",)),
    "refused": Known(
        409,
        "This was not done",
        "Write why you do this.",
        ("/transitions",),
        {"reasons": [{"code": "comment_missing", "text": "Write why you do this."}]},
    ),
    "in-flight": Known(
        409, "This was not done", "This request is being done at this moment.", ("/transitions",)
    ),
    "too-large": Known(
        413,
        "Too large",
        "What was sent is longer than 2621440 bytes, the most that is taken.",
        ("/transitions",),
    ),
    "not-readable": Known(
        422,
        "Cannot be read",
        "These values are missing or cannot be read: limit.",
        (),
        {"errors": [{"value": "limit", "rule": "less_than_equal"}]},
    ),
    "no-such-cursor": Known(422, "Cannot be read", "This is no place in this list.", ("?after",)),
    "no-such-transition": Known(
        422, "Cannot be read", "The workflow of this file has no such step.", ("/transitions",)
    ),
    "key-used": Known(422, "Cannot be read", "This key was sent with another request.", ("/transitions",)),
    "not-a-hash": Known(422, "Cannot be read", "A hash has 64 hexadecimal digits.", ("/inclusion",)),
    "no-such-size": Known(422, "Cannot be read", "There is no proof for this size.", PROOFS),
    "no-such-width": Known(422, "Cannot be read", "A tile has from 1 to 256 hashes.", ("/tiles/",)),
    "too-many-requests": Known(
        429,
        "Too many requests",
        "So many requests come from your address that this one waits; try again in 12 s.",
    ),
}
ELSEWHERE = ("no-such-address", "not-this-method", "our-fault", "not-allowed")
"""Codes of what is no operation: an address that is none, or a mistake of ours."""


def examples_for(path: str, status: int) -> dict[str, Any]:
    """For a description: the problems with which an address may answer `status`, by their codes. Behind `path`
    stands, each after a question mark, what may be sent along."""
    return {
        code: {"value": _problem(code, known)}
        for code, known in KNOWN.items()
        if known.status == status and (not known.within or any(each in path for each in known.within))
    }


def _problem(code: str, known: Known) -> dict[str, Any]:
    return {
        "type": f"urn:problem:{code}",
        "code": code,
        "title": known.title,
        "status": known.status,
        "detail": known.detail,
        **(known.more or {}),
    }
