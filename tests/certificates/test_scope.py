"""What a certificate covers, from the file to the paper."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction

from accreditation_engine.certificates.finished.content import from_kept
from accreditation_engine.certificates.finished.finishing import finish, paper_to_give
from accreditation_engine.certificates.finished.keeping import file_of, path_of
from accreditation_engine.certificates.models import Certificate, Paper
from accreditation_engine.certificates.register.lines import write_anew
from accreditation_engine.certificates.register.search import Search, some_of
from accreditation_engine.certificates.scope import SCOPE_SET, set_scopes
from accreditation_engine.decisions.since import since_decision
from accreditation_engine.definitions.base import Bilingual
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.scope import Scope
from accreditation_engine.dossiers.stating_scope import state_scope, write_scope
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.protection import lifted
from tests.certificates.paper.reading import text_of
from tests.reviews.interests.scheme import refused
from tests.support.bundles import checked, files_of
from tests.support.world import World

pytestmark = pytest.mark.usefixtures("keys_of_its_own")
EDUCATION = Scope("برامج التعليم في أسوان", "Education programmes in Aswan")


def decided(world: World, scope: Scope = EDUCATION, state: str = "certified") -> Dossier:
    """A file that asked for `scope`."""
    dossier = world.dossier("draft")
    state_scope(dossier=dossier, scope=scope, by=world.applicant)
    world.take_to(dossier, state)
    return dossier


def test_certificate_covers_what_was_asked_for_and_decided(world: World) -> None:
    dossier = decided(world)
    certificate = Certificate.objects.get(dossier=dossier)
    assert (certificate.scope, certificate.paper_due) == (EDUCATION, 1)
    event = Event.objects.get(stream=certificate.pk, kind=SCOPE_SET)
    assert event.data == {**EDUCATION.said(), "paper": 1}
    decision = Event.objects.get(stream=dossier.pk, seq=certificate.decided_seq)
    assert decision.data["judged"]["pieces"]["scope"] == EDUCATION.said()
    assert list(verify_all()) == []
    assert checked(files_of([dossier.pk])).problems == []


def test_certificate_of_a_whole_organisation_has_no_event_about_a_scope(world: World) -> None:
    certificate = Certificate.objects.get(dossier=world.dossier("certified"))
    assert certificate.scope.whole
    assert not Event.objects.filter(stream=certificate.pk, kind=SCOPE_SET).exists()


def test_no_certificate_is_issued_when_the_file_asks_for_another_scope_than_was_decided(world: World) -> None:
    dossier = decided(world, state="certificate_decided")
    write_scope(dossier, replace(EDUCATION, en="Everything"), world.applicant)
    assert refused(lambda: world.perform(dossier, "announce_certificate")) == ["decided_on_another_scope"]
    since = since_decision(dossier)
    assert since is not None
    assert [str(each) for each in since.serious] == ["scope"]


def test_it_is_found_by_its_scope(world: World) -> None:
    certificate = Certificate.objects.get(dossier=decided(world))
    world.dossier("certified")
    for words in ("اسوان", "programmes aswan"):
        assert some_of(Search(words), 9)[0] == [certificate]


def test_paper_and_credential_say_the_scope_and_a_new_one_makes_a_new_version(world: World) -> None:
    certificate = Certificate.objects.get(dossier=decided(world))
    first = finish(certificate)
    assert "Scope of certification: Education programmes in Aswan" in first.credential
    assert set(EDUCATION.en.split()) <= set(text_of(file_of(first)).split())
    smaller = Scope("التعليم الابتدائي", "Primary education")
    certificate.paper_due = 2
    set_scopes({certificate.pk: smaller}, [certificate])
    write_anew([certificate.pk])
    assert paper_to_give(certificate) is None
    second = finish(certificate)
    assert (second.version, from_kept(second.content).scope) == (2, in_words(smaller))
    assert paper_to_give(certificate) == finish(certificate) == second
    assert list(verify_all()) == []


def in_words(scope: Scope) -> Bilingual:
    return Bilingual(ar=scope.ar, en=scope.en)


def test_paper_that_was_set_before_another_scope_came_is_not_kept(world: World) -> None:
    certificate = Certificate.objects.get(dossier=decided(world))
    stale = Certificate.objects.select_related("dossier__organisation").get(pk=certificate.pk)
    smaller = Scope("التعليم الابتدائي", "Primary education")
    set_scopes({certificate.pk: smaller}, [certificate])
    paper = finish(stale)
    assert from_kept(paper.content).scope == in_words(smaller)
    assert Paper.objects.count() == 1


def test_paper_kept_before_there_were_scopes_is_made_again_byte_for_byte(world: World) -> None:
    paper = finish(Certificate.objects.get(dossier=world.dossier("certified")))
    before = file_of(paper)
    del paper.content["scope"]
    with lifted(connection):
        paper.save()
    default_storage.delete(path_of(paper.pdf))
    assert file_of(Paper.objects.get()) == before


def test_database_refuses_a_scope_of_a_certificate_that_no_event_says(world: World) -> None:
    certificate = Certificate.objects.get(dossier=decided(world))
    rows = Certificate.objects.filter(pk=certificate.pk)
    with pytest.raises(IntegrityError, match="no event in the trail says so"), transaction.atomic():
        rows.update(scope_en="Everything")
    with lifted(connection):
        rows.update(scope_en="Everything", paper_due=7)
    found = {each.code for each in verify_all()}
    assert "certificate" in found
