"""Arabic as it is looked for, in Python and in the database; and where the copies of comments come from."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from accreditation_engine.trail.append import append
from accreditation_engine.trail.content import SYSTEM, Entry
from accreditation_engine.trail.erasure import erase_comment
from accreditation_engine.trail.folding import LEFT_OUT, ONE_LETTER, HoldsEvery, folded, folding_sql
from accreditation_engine.trail.models import Event, FoldedComment, Name
from accreditation_engine.trail.names import remember
from accreditation_engine.trail.search import with_words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "looked_for"),
    [
        ("إعادةُ المُراجَعة", "اعاده المراجعه"),
        ("أُنشئت المؤسسة", "انشيت الموسسه"),
        ("مستشفى", "مستشفي"),
        ("جـــمعية", "جمعيه"),
        ("شيء لم يبدأ", "شي لم يبدا"),
        ("IC-2026-٠٠١٢", "ic-2026-0012"),
    ],
)
def test_spellings_are_one_when_they_are_folded(written: str, looked_for: str) -> None:
    assert folded(written) == folded(looked_for) == looked_for


ALPHABET = "".join(ONE_LETTER) + LEFT_OUT + "abcXYZÉé بجد%_'\\"


@given(st.text(st.sampled_from(ALPHABET), max_size=40))
def test_database_folds_as_python_does(text: str) -> None:
    cast = "CAST(%s AS TEXT)"
    sql = folding_sql("x", connection.vendor).replace("%", "%%")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql} FROM (SELECT {cast} AS x) AS y", [text])  # noqa: S608 - our own
        assert cursor.fetchone() == (folded(text),)


def said(comment: str) -> Event:
    return append(Entry(uuid4(), "returned", comment=comment))


def test_comment_is_found_without_hamza_when_it_was_written_with_one() -> None:
    wanted = said("أُعيد الملف لاستكمال الشواهد المؤيِّدة")
    said("لا علاقة له")
    for text in ("اعيد", "الشواهد المويده", "المؤيدة اُعيد", "ملف"):
        assert [each.hash for each in with_words(Event.objects.all(), text)] == [wanted.hash]
    assert not with_words(Event.objects.all(), "اعيد علاقة")
    assert not with_words(Event.objects.all(), "%")


@pytest.mark.parametrize("written", ["راجعه عبدُ الله نور الدين", "راجعه عبدالله نورالدين"])
def test_compound_name_is_found_in_one_word_or_two_however_it_was_written(written: str) -> None:
    event = said(written)
    remember(uuid4(), written)
    for text in ("عبدالله", "عبد الله", "نورالدين راجعه", "نور الدين", "عبدالله نورالدين"):
        assert [each.hash for each in with_words(Event.objects.all(), text)] == [event.hash]
        assert Name.objects.filter(HoldsEvery("name", words=text)).count() == 1
    assert not with_words(Event.objects.all(), "عبدالنور")
    assert not Name.objects.filter(HoldsEvery("name", words="عبدالنور"))


def test_erased_comment_is_found_no_more() -> None:
    event = said("كلام يمحى")
    erase_comment(stream=event.stream, seq=event.seq, actor=SYSTEM, role="system", reason="the law")
    assert [each.folded for each in FoldedComment.objects.all()] == ["the law"]
    assert not with_words(Event.objects.all(), "كلام")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("مؤسسة أمل", True),
        ("امل موسسه", True),
        ("أمل غير", False),
        ("%", False),
        ("_", False),
        ("100% امل", False),
    ],
)
def test_name_holds_every_word_in_the_database_whatever_its_spelling(words: str, found: bool) -> None:
    remember(uuid4(), "مؤسّسةُ الأمل")
    Name.objects.create(digest="erased", actor=uuid4(), salt=b"", name=None)
    assert Name.objects.filter(HoldsEvery("name", words=words)).count() == found
