"""A key that a body brings along, in a file or in a token: it is tried before it signs anything."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import pikepdf
from django.utils import timezone
from django.utils.translation import gettext_noop

from accreditation_engine.certificates.signing.identity import (
    Identity,
    NotAnIdentity,
    SignsPapers,
    from_pem,
    must_be_fit,
)
from accreditation_engine.certificates.signing.judging import judged
from accreditation_engine.certificates.signing.pades import signed
from accreditation_engine.certificates.tokens.certificates import chain_of
from accreditation_engine.certificates.tokens.place import describes_a_place, place_in
from accreditation_engine.certificates.tokens.signing import CredentialInToken, PaperInToken, public_half
from accreditation_engine.key_files import KeyUnusable
from accreditation_engine.told import told

LARGEST = 1_000_000
"""Bytes; a key with a dozen certificates has some ten thousand."""
UNFIT = {
    "unreadable": gettext_noop(
        "%(path)s is no PEM file with a key without a password, and its certificates after it;"
        " write both into one file, the signer's certificate first and the root last. Where the"
        " key lies in a token, write into a file that ends in .toml where it lies"
    ),
    "another_curve": gettext_noop(
        "the key in %(path)s is not of the curve P-256; have one of that curve certified"
    ),
    "another_key": gettext_noop(
        "the first certificate in %(path)s is of another key; put that of the key first, and the root last"
    ),
    "names": gettext_noop(
        "a name in the certificates in %(path)s goes in both directions, or holds letters for"
        " private use, so that no program compares it (RFC 4518); have them issued with another"
        " name"
    ),
    "usage": gettext_noop(
        "the first certificate in %(path)s does not allow its key to sign documents: its keyUsage lacks"
        " nonRepudiation; have it issued with digitalSignature and nonRepudiation"
    ),
}


def paper_key_in(path: Path, now: datetime | None = None) -> Identity | PaperInToken:
    """The key for papers in `path`, a PEM file with the certificates up to the root, or in the token of which a
    TOML file speaks. Raises KeyUnusable, which says what is wrong, where a paper signed with it now would convince
    nobody."""
    now = now or timezone.now()
    found: Identity | PaperInToken
    try:
        if describes_a_place(path):
            place = place_in(_content(path), path)
            found = PaperInToken(place, chain_of(place, now))
            must_be_fit(found.chain)
            found.must_fit()
        else:
            found = from_pem(_content(path))
    except NotAnIdentity as error:
        raise KeyUnusable(told(UNFIT[error.why], path=path)) from error
    _holds_at(found, now)
    _convinces(found, now)
    return found


def credential_key_in(path: Path) -> CredentialInToken:
    """The key for credentials in the token of which the TOML file `path` speaks. Raises KeyUnusable."""
    place = place_in(_content(path), path)
    found = CredentialInToken(place, public_half(place))
    found.must_fit()
    return found


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST)
    except OSError as error:
        why = error.strerror
        raise KeyUnusable(
            told(gettext_noop("the file %(path)s cannot be read (%(why)s)"), path=str(path), why=why)
        ) from error


def _holds_at(who: SignsPapers, now: datetime) -> None:
    for each in who.chain:
        since, end = _day(each.not_valid_before_utc), _day(each.not_valid_after_utc)
        if not each.not_valid_before_utc <= now <= each.not_valid_after_utc:
            raise _not_now(since, end)


def _not_now(since: str, end: str) -> KeyUnusable:
    return KeyUnusable(
        told(
            gettext_noop(
                "a certificate of this key holds from %(since)s to %(end)s, and not now; bring one that does"
            ),
            since=since,
            end=end,
        )
    )


def _convinces(who: SignsPapers, now: datetime) -> None:
    """By signing an empty page: whoever judges papers later judges it in the same way."""
    judgement = judged(signed(_empty_page(), who, at=now, by="-"), [who.chain[-1]])
    if judgement.verdict != "holds":
        raise KeyUnusable(
            told(
                gettext_noop(
                    "what this key signs convinces nobody: its certificates do not lead from the signer's up"
                    " to the last one, or do not allow signing; bring them all in their order"
                )
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
