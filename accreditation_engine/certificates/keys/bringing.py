"""A key for papers that a body brings along: its file is read, and tried before it signs anything."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import pikepdf
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation_engine.certificates.signing.identity import Identity, NotAnIdentity, from_pem
from accreditation_engine.certificates.signing.judging import judged
from accreditation_engine.certificates.signing.pades import signed
from accreditation_engine.engine.isolates import isolated
from accreditation_engine.key_files import KeyUnusable

LARGEST = 1_000_000
"""Bytes; a key with a dozen certificates has some ten thousand."""


def identity_in(path: Path, now: datetime | None = None) -> Identity:
    """The key in `path`, a PEM file with the certificates up to the root. Raises KeyUnusable, which says what is
    wrong, where a paper signed with it now would convince nobody."""
    now = now or timezone.now()
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST)
    except OSError as error:
        words = _("the file %(path)s cannot be read (%(why)s)")
        raise KeyUnusable(words % isolated({"path": path, "why": error.strerror})) from error
    try:
        identity = from_pem(content)
    except NotAnIdentity as error:
        raise KeyUnusable(_unfit(error.why) % isolated({"path": path})) from error
    _holds_at(identity, now)
    _convinces(identity, now)
    return identity


def _unfit(why: str) -> str:
    return {
        "unreadable": _(
            "%(path)s is no PEM file with a key without a password, and its certificates after it; write both"
            " into one file, the signer's certificate first and the root last"
        ),
        "another_curve": _("the key in %(path)s is not of the curve P-256; have one of that curve certified"),
        "another_key": _(
            "the first certificate in %(path)s is of another key; put that of the key first, and the root last"
        ),
        "names": _(
            "a name in the certificates in %(path)s goes in both directions, or holds letters for private use, so"
            " that no program compares it (RFC 4518); have them issued with another name"
        ),
    }[why]


def _holds_at(identity: Identity, now: datetime) -> None:
    for each in identity.chain:
        since, end = each.not_valid_before_utc, each.not_valid_after_utc
        if not since <= now <= end:
            words = _(
                "a certificate of this key holds from %(since)s to %(end)s, and not now; bring one that does"
            )
            raise KeyUnusable(words % isolated({"since": _day(since), "end": _day(end)}))


def _convinces(identity: Identity, now: datetime) -> None:
    """By signing an empty page: whoever judges papers later judges it in the same way."""
    judgement = judged(signed(_empty_page(), identity, at=now, by="-"), [identity.root])
    if judgement.verdict != "holds":
        raise KeyUnusable(
            _(
                "what this key signs convinces nobody: its certificates do not lead from the signer's up to the"
                " last one, or do not allow signing; bring them all in their order, with digitalSignature or"
                " nonRepudiation"
            )
        )


def _empty_page() -> bytes:
    page = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(page, deterministic_id=True)
    return page.getvalue()


def _day(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d")
