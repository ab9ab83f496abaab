"""A certificate comes with the decision, says what was judged, and cannot be changed behind the trail's back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.utils import timezone

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.definitions.durations import after
from accreditation_engine.demo.autopilot import play
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.models import Scheme
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.reviews.judged import sheets_of
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.protection import lifted
from tests.support.small import ASKED, RUBRIC, WORKFLOW, reviewed, small_scheme
from tests.support.world import World, at_once, changed

AREAS = [{"id": "a", "percent": "100.00"}, {"id": "b", "percent": None}]


def certified(world: World, *reviews: tuple[str, str, str]) -> Certificate:
    small_scheme(world)
    file = reviewed(world, *reviews)
    world.perform(file, "grant")
    return Certificate.objects.get(dossier=file)


def test_a_certificate_says_what_was_judged(world: World) -> None:
    certificate = certified(world, ("4", "4", "not_applicable"))
    year, today = timezone.localdate().year, timezone.localdate()
    assert certificate.number == f"C-M-{year}-0001"
    assert (certificate.rubric, certificate.outcome, certificate.areas) == ("mini", "gold", AREAS)
    assert (certificate.issued_on, certificate.valid_until) == (today, after(today, "P3Y"))
    assert certificate.state == "active"
    assert certificate.edition_id == Scheme.objects.get(pk="certificate").edition_id


def test_the_outcome_decides_how_long_it_holds(world: World) -> None:
    certificate = certified(world, ("2", "2", "2"))
    assert (certificate.outcome, certificate.valid_until) == ("plain", after(certificate.issued_on, "P1Y"))


def test_a_certificate_points_to_the_event_of_its_decision(world: World) -> None:
    certificate = certified(world, ("4", "4", "4"))
    event = Event.objects.get(stream=certificate.dossier_id, seq=certificate.decided_seq)
    assert (event.transition, event.target) == ("grant", "granted")
    sheet = sheets_of(certificate.dossier)["mini"]
    assert event.data["judged"]["sheet:mini"] == {
        "digest": sheet.digest(),
        "outcome": "gold",
        "percent": "100.00",
    }


def test_the_trail_says_what_was_issued(world: World) -> None:
    certificate = certified(world, ("4", "4", "not_applicable"))
    event = Event.objects.get(stream=certificate.pk)
    assert (event.kind, event.role, event.actor) == ("opened", "system", None)
    assert event.data == {
        "dossier": str(certificate.dossier_id),
        "number": certificate.number,
        "holder_ar": "جمعية تجريبية",
        "holder_en": "A trial association",
        "holder_number": certificate.dossier.organisation.registration_number,
        "rubric": "mini",
        "outcome": "gold",
        "areas": AREAS,
        "issued_on": certificate.issued_on.isoformat(),
        "valid_until": after(certificate.issued_on, "P3Y").isoformat(),
        "decided_seq": certificate.decided_seq,
    }
    assert list(verify_all()) == []


def test_the_shipped_scheme_gives_gold_and_plain(world: World) -> None:
    outcomes = {}
    for level in (0.93, 0.75):
        certificate = Certificate.objects.get(dossier=world.dossier("certified", level=level))
        years = (certificate.valid_until or date.max).year - certificate.issued_on.year
        outcomes[level] = (certificate.outcome, years)
    assert outcomes == {0.93: ("gold", 3), 0.75: ("certified", 2)}


def test_an_area_that_does_not_apply_has_no_result(world: World) -> None:
    file = world.dossier()
    case = world.case(file)
    left_out = {key: "not_applicable" for key in case.ratings if key[1].startswith("participation-")}
    list(play(replace(case, ratings={**case.ratings, **left_out})))
    areas = {each["id"]: each["percent"] for each in Certificate.objects.get(dossier=file).areas}
    assert len(areas) == 10
    assert [name for name, percent in areas.items() if percent is None] == ["participation"]


def test_a_decision_that_is_rolled_back_leaves_no_certificate_and_no_gap(world: World) -> None:
    small_scheme(world)
    file = reviewed(world, ("4", "4", "4"))
    with transaction.atomic():
        world.perform(file, "grant")
        transaction.set_rollback(True)
    assert not Certificate.objects.exists()
    world.perform(Dossier.objects.get(pk=file.pk), "grant")
    assert Certificate.objects.get().number.endswith("-0001")


def test_without_an_open_scheme_of_certificates_nothing_is_decided(world: World) -> None:
    small_scheme(world)
    file = reviewed(world, ("4", "4", "4"))
    Scheme.objects.filter(pk="certificate").delete()
    events = Event.objects.count()
    with pytest.raises(Refused) as refused:
        world.perform(file, "grant")
    assert [each.code for each in refused.value.reasons] == ["scheme_not_open"]
    assert Dossier.objects.get(pk=file.pk).state == "deciding"
    assert Event.objects.count() == events


def test_where_nothing_was_judged_nothing_is_certified(world: World) -> None:
    """A workflow may ask for no outcome; a certificate without one would be an empty paper."""
    unguarded = changed(
        WORKFLOW,
        (f"      - {ASKED}\n", ""),
        ("    requires: [{reviews_complete: 1}]\n", ""),
    )
    world.scheme(unguarded, RUBRIC)
    file = world.dossier("in_review", scheme="mini")
    world.perform(file, "close")
    with pytest.raises(Refused) as refused:
        world.perform(file, "grant")
    assert [each.code for each in refused.value.reasons] == ["condition_unmet"]
    assert "أ ١" in str(refused.value)
    assert Dossier.objects.get(pk=file.pk).state == "deciding"


@pytest.mark.parametrize("rubric", ["code-of-conduct", "minni"])
def test_a_certificate_for_a_rubric_the_scheme_has_not_is_an_error_of_the_definition(
    world: World, rubric: str
) -> None:
    text = changed(WORKFLOW, ("then: [issue_certificate]", f"then: [{{issue_certificate: {rubric}}}]"))
    with pytest.raises(AssertionError, match=f"no rubric '{rubric}'"):
        world.scheme(text, RUBRIC)


@pytest.mark.django_db(transaction=True)
def test_two_certificates_issued_at_once_have_numbers_of_their_own(world: World) -> None:
    small_scheme(world)
    files = [reviewed(world, ("4", "4", "4")) for _ in range(2)]

    def grant(file: Dossier, number: int) -> Event:
        return perform(file, "grant", world.person("panel", number))

    outcomes = at_once(*(lambda n=n, file=file: grant(file, n) for n, file in enumerate(files)))
    assert {type(each) for each in outcomes} == {Event}
    assert sorted(each.number[-4:] for each in Certificate.objects.all()) == ["0001", "0002"]


@pytest.mark.django_db(transaction=True)
def test_a_decision_taken_twice_at_once_gives_one_certificate(world: World) -> None:
    small_scheme(world)
    file = reviewed(world, ("4", "4", "4"))

    def grant(number: int) -> Event:
        return perform(Dossier.objects.get(pk=file.pk), "grant", world.person("panel", number))

    outcomes = at_once(lambda: grant(0), lambda: grant(1))
    assert {type(each) for each in outcomes} == {Event, Refused}
    assert Certificate.objects.count() == 1


FORGED: dict[str, Any] = {
    "state": "withdrawn",
    "edition_id": "0" * 64,
    "outcome": "gold",
    "number": "C-M-2026-9999",
    "rubric": "other",
    "areas": "[]",
    "valid_until": date(2099, 1, 1),
    "issued_on": date(1999, 1, 1),
    "decided_seq": 1,
}


@pytest.mark.parametrize("column", FORGED)
def test_no_column_of_a_certificate_can_be_forged(world: World, column: str) -> None:
    certificate = certified(world, ("2", "2", "2"))
    statement = f"UPDATE certificates_certificate SET {column} = %s"  # noqa: S608 - a name of our own
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [FORGED[column]])
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.update(**{column.removesuffix("_id"): FORGED[column]})
    certificate.refresh_from_db()
    assert str(getattr(certificate, column)) != str(FORGED[column])


def test_a_certificate_cannot_be_handed_to_somebody_else(world: World) -> None:
    certificate, other = certified(world, ("4", "4", "4")), world.dossier("in_review", scheme="mini")
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(dossier=other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=certificate.dossier_id).update(organisation=other.organisation_id)


def test_a_certificate_cannot_be_made_by_hand(world: World) -> None:
    certificate = certified(world, ("4", "4", "4"))
    copy = Certificate.objects.get(pk=certificate.pk)
    copy.pk, copy.number = uuid4(), "C-M-2026-9998"
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)
    with pytest.raises(Error), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).delete()


def test_a_forgery_made_without_the_triggers_is_found(world: World) -> None:
    certificate = certified(world, ("2", "2", "2"))
    with lifted(connection):
        Certificate.objects.filter(pk=certificate.pk).update(outcome="gold", valid_until=date(2099, 1, 1))
    found = list(verify_all())
    assert {(each.stream, each.seq, each.code) for each in found} == {(certificate.pk, 1, "opened")}
    assert [each.detail for each in found] == [
        "opening: outcome is 'gold' and its trail says 'plain'",
        f"opening: valid_until is '2099-01-01' and its trail says '{certificate.valid_until}'",
    ]
