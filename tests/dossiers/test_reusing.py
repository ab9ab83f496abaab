"""A document that was filed once serves again; its bytes lie there once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accreditation_engine.dossiers.domain import open_dossiers
from accreditation_engine.dossiers.erasing import erase_in_file
from accreditation_engine.dossiers.evidence import take_back
from accreditation_engine.dossiers.models import Dossier, Evidence
from accreditation_engine.dossiers.reusing import file_again, filed_before
from accreditation_engine.engine.erasures import pieces_in_file
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.models import User
from accreditation_engine.trail.models import Event
from tests.support.filing import filed
from tests.support.world import World

RUBRIC = "institutional-commitment"


def again(dossier: Dossier, earlier: Evidence, by: User, criterion: str = "integrity-2") -> Evidence:
    return file_again(dossier=dossier, rubric=RUBRIC, criterion=criterion, earlier=earlier, by=by)


def refused(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    return [each.code for each in refused.value.reasons]


def test_a_document_serves_another_criterion_by_an_event_of_its_own(world: World) -> None:
    dossier = world.dossier()
    first = filed(world, dossier, "statutes.pdf")
    second = again(dossier, first, world.applicant)
    assert again(dossier, first, world.applicant).pk == second.pk, "twice is once"
    assert (second.file.name, second.sha256, second.name) == (first.file.name, first.sha256, "statutes.pdf")
    events = Event.objects.filter(stream=dossier.pk, kind="evidence_filed").order_by("seq")
    assert [each.data["criterion"] for each in events] == ["integrity-1", "integrity-2"]
    assert {each.data["sha256"] for each in events} == {first.sha256}
    assert list(verify_all()) == []


def test_a_document_of_another_year_serves_and_one_of_others_does_not(world: World) -> None:
    earlier, others = filed(world, world.dossier(), "statutes.pdf"), world.dossier()
    own = [earlier.dossier.organisation]
    (dossier,) = open_dossiers(organisations=own, scheme=earlier.dossier.scheme, by=world.applicant)
    assert earlier in filed_before(dossier)
    assert again(dossier, earlier, world.applicant).dossier == dossier
    assert earlier not in filed_before(others)
    assert refused(lambda: again(others, earlier, world.applicant)) == ["not_filed_before"]
    assert refused(lambda: again(dossier, earlier, world.stranger)) == ["not_your_role"]


def test_what_was_taken_back_or_erased_serves_nobody_again(world: World) -> None:
    dossier = world.dossier()
    taken, erased = filed(world, dossier, "taken.pdf"), filed(world, dossier, "erased.pdf")
    take_back(evidence=taken, by=world.applicant)
    keys = [each.key for each in pieces_in_file(dossier.pk) if each.what == "file" and each.row == erased.pk]
    erase_in_file(dossier=dossier, keys=keys, reason="حكم", basis="قانون", by=world.person("administrator"))
    for each in (taken, erased):
        assert refused(lambda each=each: again(dossier, each, world.applicant)) == ["not_filed_before"]


def test_a_document_is_looked_into_again_and_must_be_what_was_filed(
    world: World, tmp_path: Any, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    dossier = world.dossier()
    first = filed(world, dossier, "once.pdf")
    settings.CLAMAV = "unix:///nowhere"
    assert refused(lambda: again(dossier, first, world.applicant)) == ["scanner_silent"]
    settings.CLAMAV = ""
    (tmp_path / first.file.name).write_bytes(b"%PDF-1.4 another")
    assert refused(lambda: again(dossier, first, world.applicant)) == ["evidence_mismatch"]


def test_nothing_is_filed_again_once_it_is_being_judged(world: World) -> None:
    judged = world.dossier("screening")
    earlier = judged.evidence.first()
    assert refused(lambda: again(judged, earlier, world.applicant, "equality-1")) == ["answers_closed"]
