"""Grounds of an erasure that say again what it erases."""

from __future__ import annotations

from uuid import uuid4

import pytest

from accreditation_engine.engine.erasures import Piece
from accreditation_engine.engine.repeating import repetitions
from accreditation_engine.organisations.models import User

pytestmark = pytest.mark.django_db

COMMENT = "لم توقع السيدة منى عادل على محضر مجلس الإدارة، وهاتفها 01012345678 وبريدها mona@example.org."


def found(
    what: str, text: str, reason: str, basis: str = "القانون رقم 151 لسنة 2020", **more: bool
) -> list[str]:
    pieces = [Piece(what, uuid4(), {}, text)]
    return [
        f"{each.code} {each.parameters['field']}: {each.parameters['words']}"
        for each in repetitions(pieces, reason, basis, **more)
    ]


@pytest.mark.parametrize(
    ("what", "text", "reason", "words"),
    [
        ("comment", COMMENT, "ذُكر أن السيده منى عادل طلبت", "السيده منى عادل"),
        ("comment", COMMENT, "صاحبة الرقم ٠١٠١٢٣٤٥٦٧٨", "٠١٠١٢٣٤٥٦٧٨"),
        ("comment", COMMENT, "كتب إلينا MONA@example.org", "MONA@example.org"),
        ("name", "منى عادل حسن", "بطلب من مُنى عادل", "مُنى عادل"),
        ("name", "منى عادل حسن", "الحق في المحو لمنى عادل", "لمنى عادل"),
        ("name", "Madonna", "Asked for by MADONNA.", "MADONNA"),
        ("comment", "Mona Adel did not sign.", "Mona Adel did it", "Mona Adel did"),
    ],
)
def test_name_or_words_in_sequence_are_refused_however_spelt(
    what: str, text: str, reason: str, words: str
) -> None:
    assert found(what, text, reason) == [f"erasure_repeats reason: {words}"]
    assert found(what, text, reason, told_apart=True) != []


def test_name_of_somebody_known_is_refused_when_a_text_holds_it(db: None) -> None:
    User.objects.create_user("mona@tests.example", name="منى عادل حسن")
    assert found("comment", COMMENT, "طلبت منى عادل") == ["erasure_repeats reason: منى عادل"]


@pytest.mark.parametrize(
    ("what", "text", "reason", "basis"),
    [
        ("comment", COMMENT, "ورد اسم شخص في المحضر خطأ", "حكم محكمة"),
        ("comment", "المحضر", "خطأ في المحضر", "حكم محكمة"),
        (
            "comment",
            "وفق القانون رقم 151 لسنة 2020 في 12-11-2025",
            "بطلب صاحبته في 12-11-2025",
            "القانون رقم 151 لسنة 2020",
        ),
        ("name", "كريم عبد الله", "بطلب صاحب الاسم", "القانون"),
        ("comment", "She was not there.", "It was not hers to say.", "Law 151 of 2020"),
    ],
)
def test_ordinary_words_are_taken(what: str, text: str, reason: str, basis: str) -> None:
    assert found(what, text, reason, basis) == []


def test_two_words_of_a_text_or_one_of_a_name_are_taken_when_somebody_told_them_apart() -> None:
    for what, text, reason, words in (
        ("comment", COMMENT, "خطأ في محضر مجلس إدارتها", "محضر مجلس"),
        ("name", "كريم عبد الله", "طلب كريم ذلك", "كريم"),
    ):
        assert found(what, text, reason) == [f"erasure_may_repeat reason: {words}"]
        assert found(what, text, reason, told_apart=True) == []


def test_each_of_both_grounds_is_told_when_both_repeat() -> None:
    whole = "لم توقع السيدة منى عادل على محضر"
    assert [each.split(":")[0] for each in found("comment", COMMENT, whole, whole)] == [
        "erasure_repeats reason",
        "erasure_repeats basis",
    ]
