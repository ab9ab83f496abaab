"""Files that come in pieces: what is kept where the line broke, of two pieces at once, and of what is given up."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import UnreadablePostError
from django.utils import timezone

from accreditation_engine.uploads.arriving import FOLDER, ElsewhereBy, begin, take_piece, whole
from accreditation_engine.uploads.expiring import forget_expired
from accreditation_engine.uploads.models import Arriving, Piece
from tests.support.world import at_once

CONTENT = bytes(range(200)) * 1000


def begun() -> Arriving:
    return begin(owner=uuid4(), place="a/b/c", name="report.pdf", size=len(CONTENT))


def stored(arriving: Arriving) -> list[str]:
    return list(default_storage.listdir(f"{FOLDER}/{arriving.pk}")[1])


def sent(arriving: Arriving, *, until: int) -> Callable[[], None]:
    """The next piece, as another process sees the file."""
    seen = Arriving.objects.get(pk=arriving.pk)
    read = BytesIO(CONTENT[seen.offset : until]).read
    return lambda: take_piece(seen, offset=seen.offset, length=until - seen.offset, read=read, said=None)


@pytest.mark.django_db(transaction=True)
def test_of_pieces_that_come_at_once_for_one_place_one_is_kept() -> None:
    arriving = begun()
    outcomes = at_once(*[sent(arriving, until=1000 + each) for each in range(3)])
    assert sorted(type(each).__name__ for each in outcomes) == ["ElsewhereBy", "ElsewhereBy", "NoneType"]
    assert len(stored(arriving)) == 1
    sent(arriving, until=len(CONTENT))()
    with whole(arriving) as file:
        assert file.read() == CONTENT
    with pytest.raises(ElsewhereBy):
        take_piece(arriving, offset=7, length=1, read=BytesIO(b"x").read, said=None)


def test_what_came_before_the_line_broke_is_kept(db: None) -> None:
    arriving, came = begun(), BytesIO(CONTENT[:500])

    def read(most: int) -> bytes:
        if chunk := came.read(min(most, 400)):
            return chunk
        raise UnreadablePostError("gone")

    take_piece(arriving, offset=0, length=1000, read=read, said=None)
    assert Arriving.objects.get().offset == 500
    sent(arriving, until=len(CONTENT))()
    with whole(arriving) as file:
        assert file.read() == CONTENT


def test_what_is_not_waited_for_any_more_is_removed_by_the_worker(db: None) -> None:
    arriving = begun()
    sent(arriving, until=1000)()
    forget_expired()
    assert len(stored(arriving)) == 1
    default_storage.save(f"{FOLDER}/{uuid4()}/0-left", ContentFile(b"left by a process that was killed"))
    forget_expired()
    assert default_storage.listdir(FOLDER)[0] == [str(arriving.pk)]
    Arriving.objects.update(expires_at=timezone.now())
    forget_expired()
    assert not default_storage.listdir(FOLDER)[0]
    assert not Piece.objects.exists()
