"""A certificate that runs out is renewed by a new file, which begins with the answers of the old one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.renewing import near_their_end, renew
from accreditation_engine.dossiers.carrying import confirm_answers
from accreditation_engine.dossiers.domain import Given, accept_code, save_answers
from accreditation_engine.dossiers.models import Answer, Dossier
from accreditation_engine.engine.options import options
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.trail.models import Event
from tests.certificates.ending import take
from tests.support.renewing import running_out
from tests.support.world import World

RUBRIC = "institutional-commitment"
FIRST = (RUBRIC, "integrity-1")


@pytest.fixture
def certificate(world: World) -> Iterator[Certificate]:
    with running_out(world) as found:
        yield found


def refused(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    return [each.code for each in refused.value.reasons]


def unconfirmed(dossier: Dossier) -> int:
    return dossier.answers.filter(carried=True).count()


def against_submitting(world: World, dossier: Dossier) -> set[str]:
    fresh = Dossier.objects.get(pk=dossier.pk)
    (submit,) = [each for each in options(fresh, world.applicant) if each.name == "submit"]
    return {each.code for each in submit.reasons}


def test_a_renewal_begins_with_the_answers_and_files_of_the_file_before(
    world: World, certificate: Certificate
) -> None:
    earlier = certificate.dossier
    renewal = renew(certificate=certificate, by=world.applicant)
    dossier = Dossier.objects.get(pk=renewal.dossier.pk)
    assert (dossier.renews, dossier.organisation) == (earlier, earlier.organisation)
    then, now = (
        {(each.criterion, each.rating, each.narrative) for each in file.answers.all()}
        for file in (earlier, dossier)
    )
    assert then == now
    assert renewal.answers == len(now) == unconfirmed(dossier)
    assert renewal.files == dossier.evidence.count() == earlier.evidence.filter(visit=None).count() > 0
    event = Event.objects.get(stream=dossier.pk, kind="answers_carried")
    assert (event.data["from"], event.data["certificate"]) == (str(earlier.pk), certificate.number)
    assert Event.objects.get(stream=dossier.pk, seq=1).data["renews"] == str(earlier.pk)
    assert refused(lambda: renew(certificate=certificate, by=world.applicant)) == ["already_open"]
    assert list(verify_all()) == []


def test_nobody_submits_what_was_carried_over_before_each_answer_is_confirmed_or_changed(
    world: World, certificate: Certificate
) -> None:
    dossier = renew(certificate=certificate, by=world.applicant).dossier
    accept_code(dossier=dossier, by=world.applicant)
    assert "answers_unconfirmed" in against_submitting(world, dossier)
    save_answers(dossier=dossier, answers={FIRST: Given("3", "غيرناه هذه السنة")}, by=world.applicant)
    assert not dossier.answers.get(criterion="integrity-1").carried
    rest = {(each.rubric, each.criterion) for each in dossier.answers.filter(carried=True)}
    assert set(confirm_answers(dossier=dossier, criteria=rest, by=world.applicant)) == rest
    assert confirm_answers(dossier=dossier, criteria=rest, by=world.applicant) == []
    assert "answers_unconfirmed" not in against_submitting(world, dossier)
    assert list(verify_all()) == []


def test_what_was_erased_by_law_does_not_come_back(world: World, certificate: Certificate) -> None:
    earlier = certificate.dossier
    Answer.objects.filter(dossier=earlier, criterion="integrity-1").update(
        narrative="", narrative_salt="", narrative_erased_at=timezone.now()
    )
    earlier.evidence.filter(criterion="integrity-2").update(content_erased_at=timezone.now())
    dossier = renew(certificate=certificate, by=world.applicant).dossier
    assert dossier.answers.get(criterion="integrity-1").narrative == ""
    assert not dossier.evidence.filter(criterion="integrity-2").exists()


def test_only_the_organisation_renews_and_only_around_the_last_day(
    world: World, certificate: Certificate
) -> None:
    own = certificate.organisation_id
    assert list(near_their_end(own)) == [certificate]
    assert refused(lambda: renew(certificate=certificate, by=world.stranger)) == ["not_your_role"]
    now = timezone.now()
    with time_machine.travel(now - timedelta(days=200)):
        assert refused(lambda: renew(certificate=certificate, by=world.applicant)) == ["renewal_too_early"]
        assert list(near_their_end(own)) == []
    with time_machine.travel(now + timedelta(days=100)):
        assert list(near_their_end(own)) == [certificate], "it has run out, not long ago"
    with time_machine.travel(now + timedelta(days=300)):
        assert refused(lambda: renew(certificate=certificate, by=world.applicant)) == ["renewal_too_late"]
    renew(certificate=certificate, by=world.applicant)
    assert list(near_their_end(own)) == []


def test_what_a_panel_took_back_is_not_renewed(world: World, certificate: Certificate) -> None:
    take(world, certificate, "withdraw")
    assert refused(lambda: renew(certificate=certificate, by=world.applicant)) == ["renewal_too_late"]
