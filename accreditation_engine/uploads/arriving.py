"""Files that come in pieces, and go on where the line broke.

Each piece is an object in the file store, and the database says which there are: so pieces of one file may come to
any process on any machine. A file is looked into when it is whole, as one that comes at once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from secrets import token_hex
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.http import UnreadablePostError
from django.utils import timezone

from accreditation_engine.engine.reasons import Reason, Refused

from .checking import bad_announcement
from .models import Arriving, Piece
from .names import clean_name
from .receiving import IN_MEMORY
from .tus import Checksum

FOLDER = "arriving"
KEPT = timedelta(days=2)
"""So long after its last piece an unfinished file is waited for."""

BEGUN = timedelta(hours=1)
"""So long one is waited for of which nothing has come: the answer that it may come was lost."""

MOST_UNFINISHED = 20
"""Files of one person; together they hold no more than one request may."""

PIECE = 2**20
"""Bytes that the site's own pages send at a time: what a broken line costs at most."""

MOST_OF_A_PIECE = 8 * 2**20
CHUNK = 64 * 2**10

Read = Callable[[int], bytes]


class ElsewhereBy(Exception):  # noqa: N818 - said of the file
    """A piece does not begin where the file ends so far."""


class ChecksumMismatch(Exception):  # noqa: N818 - the protocol's word
    """What came is not what was sent."""


def begin(*, owner: UUID, place: str, name: str, size: int) -> Arriving:
    """Raises Refused for what would not be taken when it is whole, as far as its name and size tell, and where too
    much of what `owner` sent is unfinished."""
    called = clean_name(name)
    reasons = bad_announcement(called, size) or _too_much(owner, called, size)
    if reasons:
        raise Refused(reasons)
    return Arriving.objects.create(
        owner=owner, place=place, name=called, size=size, expires_at=timezone.now() + BEGUN
    )


def _too_much(owner: UUID, name: str, size: int) -> list[Reason]:
    held = of_owner(owner).filter(sha256="").aggregate(files=Count("pk"), bytes=Sum("size"))
    if held["files"] < MOST_UNFINISHED and (held["bytes"] or 0) + size <= settings.UPLOAD_MAX_BYTES:
        return []
    return [Reason("files_unfinished", {"name": name, "files": held["files"]})]


def of_owner(owner: UUID) -> QuerySet[Arriving]:
    """What has not expired."""
    return Arriving.objects.filter(owner=owner, expires_at__gt=timezone.now())


def unfinished(owner: UUID, *, within: str) -> QuerySet[Arriving]:
    """What somebody began to send for places that begin so, and of which something has come. Two queries."""
    begun = of_owner(owner).filter(place__startswith=within, sha256="", offset__gt=0)
    return begun.prefetch_related("pieces").order_by("expires_at", "pk")


def take_piece(arriving: Arriving, *, offset: int, length: int, read: Read, said: Checksum | None) -> None:
    """Keep the next piece: what `read` gives of the `length` bytes that are promised. Where the line breaks, what
    came is kept, unless a checksum was `said` of all of it.

    Raises ElsewhereBy, also where another piece was faster; ChecksumMismatch; ValueError for more than is wanted.
    """
    if offset != arriving.offset:
        raise ElsewhereBy
    if length > min(arriving.size - offset, MOST_OF_A_PIECE):
        raise ValueError(length)
    with SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        size, sha256 = _received(cast("IO[bytes]", spool), length, read, said)
        if size:
            path = default_storage.save(f"{_folder(arriving)}/{offset}-{token_hex(8)}", File(spool))
            if not _counted(arriving, Piece(start=offset, size=size, sha256=sha256, path=path)):
                default_storage.delete(path)
                raise ElsewhereBy


def _received(spool: IO[bytes], length: int, read: Read, said: Checksum | None) -> tuple[int, str]:
    """How much came, with its SHA-256."""
    digest, claimed = hashlib.sha256(), said.started() if said else None
    size = 0
    try:
        while size < length and (chunk := read(min(CHUNK, length - size))):
            spool.write(chunk)
            size += len(chunk)
            digest.update(chunk)
            if claimed is not None:
                claimed.update(chunk)
    except UnreadablePostError:
        pass  # the line broke
    if said and claimed and claimed.digest() != said.digest:
        raise ChecksumMismatch
    spool.seek(0)
    return size, digest.hexdigest()


def _counted(arriving: Arriving, piece: Piece) -> bool:
    """Of two pieces for one place, one is counted."""
    now = {"offset": piece.start + piece.size, "expires_at": timezone.now() + KEPT}
    with transaction.atomic():
        if not Arriving.objects.filter(pk=arriving.pk, offset=piece.start, sha256="").update(**now):
            return False
        piece.arriving = arriving
        piece.save()
    for name, value in now.items():
        setattr(arriving, name, value)
    return True


@contextmanager
def whole(arriving: Arriving) -> Iterator[UploadedFile]:
    """The file that its pieces make. Raises Refused, and forgets it, where they do not make it any more."""
    with SpooledTemporaryFile(max_size=IN_MEMORY) as joined:
        if _joined(arriving, cast("IO[bytes]", joined)) != arriving.size:
            forget(arriving)
            raise Refused([Reason("file_not_whole", {"name": arriving.name})])
        joined.seek(0)
        yield UploadedFile(joined, arriving.name, size=arriving.size)


def _joined(arriving: Arriving, into: IO[bytes]) -> int:
    """How many bytes there are, one after the other, up to the first piece that is not as it came."""
    size = 0
    for piece in arriving.pieces.order_by("start"):
        if piece.start != size or not _copied(piece, into):
            break
        size += piece.size
    return size


def _copied(piece: Piece, into: IO[bytes]) -> bool:
    digest = hashlib.sha256()
    try:
        with default_storage.open(piece.path) as stored:
            while chunk := stored.read(CHUNK):
                digest.update(chunk)
                into.write(chunk)
    except FileNotFoundError:
        return False
    return digest.hexdigest() == piece.sha256


def finish(arriving: Arriving, *, sha256: str) -> None:
    """It was taken: of its pieces nothing is kept."""
    with transaction.atomic():
        Arriving.objects.filter(pk=arriving.pk).update(sha256=sha256)
        arriving.pieces.all().delete()
    remove_stored(arriving)


def forget(arriving: Arriving) -> None:
    Arriving.objects.filter(pk=arriving.pk).delete()
    remove_stored(arriving)


def remove_stored(arriving: Arriving) -> None:
    """Also what was stored and not counted."""
    folder = _folder(arriving)
    for name in _stored_in(folder):
        default_storage.delete(f"{folder}/{name}")
    with suppress(OSError):  # a piece has come just now; the worker will find it
        default_storage.delete(folder)


def _stored_in(folder: str) -> list[str]:
    try:
        return list(default_storage.listdir(folder)[1])
    except FileNotFoundError:
        return []


def _folder(arriving: Arriving) -> str:
    return f"{FOLDER}/{arriving.pk}"


def shown(arriving: Arriving) -> dict[str, Any]:
    """What a browser needs to know the file again when it is chosen once more: by the content that has come."""
    return {
        "name": arriving.name,
        "size": arriving.size,
        "offset": arriving.offset,
        "pieces": [[each.size, each.sha256] for each in arriving.pieces.all()],
    }
