"""What an upheld appeal changes of a certificate: its scores, and with them a new version of its paper."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from accreditation_engine.certificates.basis import basis_changed
from accreditation_engine.certificates.checking.brought import check_file
from accreditation_engine.certificates.finished.finishing import finish, paper_to_give
from accreditation_engine.certificates.finished.keeping import file_of
from accreditation_engine.certificates.models import Certificate
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.reviews.consensus import confirm, propose
from accreditation_engine.reviews.models import Agreed, Rating
from accreditation_engine.reviews.report.contesting import Point, answer_contest, contest
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.protection import lifted
from tests.support.bundles import checked, files_of
from tests.support.world import World, later

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keys(keys_of_its_own: None, in_english: None) -> None:
    """No test signs with another's key."""


@pytest.fixture
def certificate(world: World) -> Certificate:
    return Certificate.objects.get(dossier=world.dossier("certified"))


def lowest(dossier: Dossier) -> tuple[str, str, str]:
    """The rubric and the criterion that was rated lowest, and a better rating."""
    rated = Rating.objects.filter(assignment__dossier=dossier, rubric="institutional-commitment")
    found = rated.exclude(value__in=["4", "not_applicable"]).order_by("value", "pk")[0]
    return found.rubric, found.criterion, str(int(found.value) + 1)


def upheld(world: World, certificate: Certificate, *, forged: bool = False) -> None:
    """It is suspended; its holder contests a rating, and wins. `forged`: the tables say otherwise by then."""
    dossier, panel = certificate.dossier, [world.person("appeal_panel", number) for number in (0, 1)]
    rubric, criterion, better = lowest(dossier)
    perform(certificate, "suspend", world.person("panel"), comment="شكوى")
    point = Point("الشاهد يثبت أكثر من ذلك", criterion=(rubric, criterion))
    made = contest(dossier=dossier, point=point, by=world.applicant)
    perform(certificate, "appeal_suspension", world.applicant, comment="بلا دليل")
    answer_contest(contest=made, accept=True, reason="الشاهد كاف", by=panel[0])
    proposal = propose(
        dossier=dossier, criterion=(rubric, criterion), value=better, reason="ثبت", by=panel[0]
    )
    assert confirm(proposal=proposal, by=panel[1])
    if forged:
        with lifted(connection):
            Agreed.objects.filter(dossier=dossier, criterion=criterion).update(value="1")
    perform(certificate, "uphold_appeal", panel[0], comment="قُبل")
    certificate.refresh_from_db()


def test_a_rating_that_an_appeal_has_changed_is_on_a_new_version_and_the_certificate_is_trusted(
    world: World, certificate: Certificate
) -> None:
    first, before = finish(certificate), certificate.areas
    with later(days=100):
        upheld(world, certificate)
        assert certificate.state == "active"
        assert certificate.areas != before
        assert not basis_changed(certificate)
        assert paper_to_give(certificate) is None
        second = finish(certificate)
        assert (second.version, paper_to_give(certificate)) == (2, second)
        assert check_file(file_of(second)).verdict == "holds"
        older = next(each for each in check_file(file_of(first)).findings if each.code == "older_version")
        assert older.facts["version"] == 1
        assert list(verify_all()) == []
        assert [each.line("en") for each in checked(files_of([certificate.dossier_id])).problems] == []


def test_what_changes_after_the_appeal_is_noticed_as_before(world: World, certificate: Certificate) -> None:
    with later(days=100):
        upheld(world, certificate)
        with lifted(connection):
            Agreed.objects.filter(dossier=certificate.dossier_id).update(value="1")
        assert basis_changed(Certificate.objects.get(pk=certificate.pk))
        for step in ("suspend", "appeal_suspension", "uphold_appeal"):
            world.perform(certificate, step)
        assert Event.objects.filter(kind="judged_anew").count() == 1
        assert basis_changed(Certificate.objects.get(pk=certificate.pk))


def test_what_an_appeal_has_changed_is_missed_when_all_is_as_it_was_before_it(
    world: World, certificate: Certificate
) -> None:
    with later(days=100):
        upheld(world, certificate)
        with lifted(connection):
            Agreed.objects.filter(dossier=certificate.dossier_id).delete()
        assert basis_changed(Certificate.objects.get(pk=certificate.pk))


def test_nothing_is_amended_when_another_rating_was_changed_past_the_trail(
    world: World, certificate: Certificate
) -> None:
    with later(days=100):
        upheld(world, certificate, forged=True)
        assert certificate.state == "active"
        assert certificate.paper_due == 1
        assert basis_changed(certificate)


def test_an_appeal_that_changes_no_rating_changes_nothing_of_the_certificate(
    world: World, certificate: Certificate
) -> None:
    for step in ("suspend", "appeal_suspension", "uphold_appeal"):
        world.perform(certificate, step)
    kinds = Event.objects.filter(stream__in=[certificate.pk, certificate.dossier_id]).values_list(
        "kind", flat=True
    )
    assert {"amended", "judged_anew"}.isdisjoint(kinds)
    assert Certificate.objects.get(pk=certificate.pk).paper_due == 1


@pytest.mark.parametrize("forged", ["outcome = 'platinum'", "areas = '[]'"])
def test_the_database_lets_a_certificate_say_nothing_that_no_event_says(
    world: World, certificate: Certificate, forged: str
) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE certificates_certificate SET {forged}")  # noqa: S608 - of our own making
