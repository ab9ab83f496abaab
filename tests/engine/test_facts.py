"""Facts that come with a subject's row."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import OuterRef
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation_engine.dossiers.models import Answer, Dossier
from accreditation_engine.engine.facts import Rows
from accreditation_engine.organisations.models import RoleGrant, User
from tests.support.world import World

pytestmark = pytest.mark.django_db
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


def answer(dossier: Dossier, criterion: str, **said: Any) -> None:
    Answer.objects.create(dossier=dossier, rubric="r", criterion=criterion, updated_at=timezone.now(), **said)


def answers_of(*dossiers: Dossier) -> list[Any]:
    rows = Answer.objects.filter(dossier=OuterRef("pk")).order_by("criterion")
    fact = Rows(rows, "criterion", "rating", "narrative")
    ids = [each.pk for each in dossiers]
    found = {each.pk: each.rows for each in Dossier.objects.filter(pk__in=ids).annotate(rows=fact)}
    return [found[pk] for pk in ids]


def test_rows_come_as_a_list_of_objects_in_their_order(world: World) -> None:
    dossier = world.dossier()
    for criterion in ("c", "a", "b"):
        answer(dossier, criterion, rating="3")
    assert answers_of(dossier) == [
        [{"criterion": each, "rating": "3", "narrative": ""} for each in ("a", "b", "c")]
    ]


def test_no_rows_are_an_empty_list(world: World) -> None:
    assert answers_of(world.dossier()) == [[]]


def test_each_subject_has_its_own_rows(world: World) -> None:
    one, other = world.dossier(), world.dossier()
    answer(one, "a", rating="1")
    answer(other, "a", rating="2")
    assert [rows[0]["rating"] for rows in answers_of(one, other)] == ["1", "2"]


def test_text_comes_back_as_it_was(world: World) -> None:
    dossier = world.dossier()
    answer(dossier, "a")

    @given(TEXTS)
    @settings(max_examples=60)
    def compare(text: str) -> None:
        Answer.objects.filter(dossier=dossier).update(narrative=text)
        ((row,),) = answers_of(dossier)
        assert row["narrative"] == text

    for text in (
        "'; DROP TABLE x; --",
        '"',
        "\\",
        "\u2028\r\n\t",
        "ع\u200fر\u202bبي",
        "😀",
        "%s %(a)s",
        "null",
    ):
        Answer.objects.filter(dossier=dossier).update(narrative=text)
        assert answers_of(dossier)[0][0]["narrative"] == text
    compare()


def test_null_numbers_and_truth_come_as_json_has_them(world: World) -> None:
    grants = RoleGrant.objects.filter(user=OuterRef("pk")).order_by("pk")
    fact = Rows(grants, "id", "scheme", "until")
    person = world.person("coordinator")
    (row,) = User.objects.annotate(rows=fact).get(pk=person.pk).rows
    assert row == {"id": RoleGrant.objects.get(user=person).pk, "scheme": "", "until": None}


def test_an_identity_comes_as_text(world: World) -> None:
    grants = RoleGrant.objects.filter(user=OuterRef("pk"))
    person = world.person("coordinator")
    (row,) = User.objects.annotate(rows=Rows(grants, "user_id")).get(pk=person.pk).rows
    assert row["user_id"].replace("-", "") == person.pk.hex


def test_many_rows_come_whole(world: World) -> None:
    dossier, now = world.dossier(), timezone.now()
    Answer.objects.bulk_create(
        Answer(dossier=dossier, rubric="r", criterion=f"c-{n:04}", narrative="x" * 200, updated_at=now)
        for n in range(1000)
    )
    (rows,) = answers_of(dossier)
    assert [each["criterion"] for each in rows] == [f"c-{n:04}" for n in range(1000)]
