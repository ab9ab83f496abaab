"""Where the files of papers lie, and giving one out only as it was signed."""

from __future__ import annotations

import logging
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accreditation_engine.certificates.keys.files import credential_key, paper_key
from accreditation_engine.certificates.models import Paper

from .making import make, make_again

log = logging.getLogger(__name__)


class PaperLost(Exception):  # noqa: N818 - said of a paper
    """The file is gone or another, and cannot be made again as it was."""


def keep(file: bytes) -> str:
    """Put `file` into the store; give its SHA-256. What is there already is the same."""
    digest = sha256(file).hexdigest()
    path = path_of(digest)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(file))
    return digest


def file_of(paper: Paper) -> bytes:
    """As it was signed: from the store, or made again where it is gone from there or another. Raises PaperLost
    where neither gives these bytes."""
    file = stored(paper)
    if file is not None and sha256(file).hexdigest() == paper.pdf:
        return file
    what = "gone from" if file is None else "another in"
    log.error("The file of the paper %s is %s the store.", paper.pdf, what)
    again = _made_again(paper)
    path = path_of(paper.pdf)
    if file is not None:
        default_storage.delete(path)
    default_storage.save(path, ContentFile(again))
    return again


def stored(paper: Paper) -> bytes | None:
    """What lies where the file of `paper` should; None where nothing does."""
    try:
        with default_storage.open(path_of(paper.pdf)) as file:
            content: bytes = file.read()
            return content
    except FileNotFoundError:
        return None


def path_of(digest: str) -> str:
    return f"papers/{digest[:2]}/{digest}.pdf"


def _made_again(paper: Paper) -> bytes:
    kept = paper.credential, paper.signature
    try:
        again = make_again(paper.certificate, paper) if paper.signature else _signed_again(paper)
    except Exception as error:  # of any kind: it was made once, and cannot be now
        raise PaperLost(str(error)) from error
    finally:
        paper.credential, paper.signature = kept
    if sha256(again).hexdigest() != paper.pdf:
        raise PaperLost("it does not come out as it was: the template or the fonts have changed since")
    return again


def _signed_again(paper: Paper) -> bytes:
    """By the keys: of a paper that was made before signatures were kept."""
    return make(
        paper.certificate,
        paper,
        credential_key(paper.credential_key, paper.made_at),
        paper_key(paper.paper_key, paper.made_at),
    )
