"""How people come in, as events in their own streams: with what they proved who they are, what was refused, and
which second factors they set up. No event names an address, of mail or of a network."""

from __future__ import annotations

from collections.abc import Sequence

from accreditation_engine.engine.recording import record
from accreditation_engine.trail.content import SYSTEM

from .models import User

FACTORS = ("totp", "webauthn", "recovery_codes")
"""An app that shows codes, a passkey, and codes on paper for when neither is at hand."""
SECOND = ("totp", "webauthn")
"""Those that protect an account by themselves."""


def note_sign_in(user: User, proofs: Sequence[str]) -> None:
    """`proofs` are codes, in the order in which they were given: "password", "password_reset", or one of
    FACTORS."""
    record(user.pk, "signed_in", user, data={"proofs": list(proofs)})


def note_refusal(user: User, proof: str) -> None:
    """Somebody, nobody knows who, tried to come in as `user`; `proof` did not fit."""
    record(user.pk, "sign_in_refused", SYSTEM, data={"proof": proof})


def note_factor_added(user: User, factor: str) -> None:
    record(user.pk, "factor_added", user, data={"factor": factor})


def note_factor_removed(user: User, factor: str) -> None:
    record(user.pk, "factor_removed", user, data={"factor": factor})


def note_new_codes(user: User) -> None:
    """New codes on paper stand in place of the old ones."""
    record(user.pk, "recovery_codes_made", user)


def note_address_confirmed(user: User) -> None:
    record(user.pk, "address_confirmed", user)


def note_password(user: User, *, forgotten: bool) -> None:
    """The password is another: changed by who knew the old one, or, `forgotten`, by a link sent by mail."""
    record(user.pk, "password_changed", user, data={"forgotten": forgotten})


def note_sessions_ended(user: User, count: int) -> None:
    record(user.pk, "sessions_ended", user, data={"count": count})
