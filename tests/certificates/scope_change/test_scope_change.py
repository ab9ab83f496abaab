"""Changing what a certificate covers, on the workflow as it is shipped."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from accreditation_engine.certificates.checking.brought import check_file
from accreditation_engine.certificates.finished.content import from_kept
from accreditation_engine.certificates.finished.finishing import finish, finish_what_waits, waiting
from accreditation_engine.certificates.finished.keeping import file_of
from accreditation_engine.certificates.models import Certificate, Paper, ScopeChange
from accreditation_engine.certificates.register.search import Search, some_of
from accreditation_engine.certificates.renewing import renew
from accreditation_engine.certificates.scope import SCOPE_SET
from accreditation_engine.certificates.scope_change.guards import WORDS
from accreditation_engine.certificates.scope_change.opening import ask_for_scope, put_scope_to_panel
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.dossiers.scope import WHOLE, Scope
from accreditation_engine.engine.deadlines import sweep
from accreditation_engine.engine.perform import perform
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.letters.models import Letter
from accreditation_engine.trail.models import Event
from tests.certificates.ending import take
from tests.reviews.interests.scheme import refused
from tests.support.bundles import checked, files_of
from tests.support.renewing import running_out
from tests.support.world import World, later

pytestmark = pytest.mark.usefixtures("keys_of_its_own")
ASWAN = Scope("برامج التعليم في أسوان", "Education programmes in Aswan")
LUXOR = Scope("برامج التعليم في أسوان والأقصر", "Education programmes in Aswan and Luxor")


def certified(world: World) -> Certificate:
    return Certificate.objects.get(dossier=world.dossier("certified"))


def asked(world: World, certificate: Certificate, scope: Scope = ASWAN) -> ScopeChange:
    return ask_for_scope(certificate, scope=scope, reason="أغلقنا فرعا", by=world.applicant)


def state_of(subject: Certificate | ScopeChange) -> str:
    subject.refresh_from_db()
    return subject.state


def test_scope_that_the_panel_grants_is_on_the_certificate_and_on_a_new_version_of_its_paper(
    world: World,
) -> None:
    certificate = certified(world)
    first = finish(certificate)
    change = asked(world, certificate)
    assert (change.state, change.before, change.wanted) == ("requested", WHOLE, ASWAN)
    world.perform(change, "pass_to_panel", comment="كامل")
    world.perform(change, "grant", comment="موافقة")
    certificate.refresh_from_db()
    assert (certificate.scope, certificate.paper_due, certificate.state) == (ASWAN, 2, "active")
    event = Event.objects.get(stream=certificate.pk, kind=SCOPE_SET)
    assert event.data == {**ASWAN.said(), "paper": 2, "request": str(change.pk)}
    assert list(waiting()) == [certificate]
    finish_what_waits()
    second = Paper.objects.get(certificate=certificate, version=2)
    found = from_kept(second.content).scope
    assert found is not None
    assert found.en == ASWAN.en
    assert [each.code for each in check_file(file_of(first)).findings if each.tone == "bad"] == [
        "older_version"
    ]
    assert check_file(file_of(second)).verdict == "holds"
    assert some_of(Search("luxor"), 9)[0] == []
    assert some_of(Search("aswan education"), 9)[0] == [certificate]
    assert list(verify_all()) == []
    assert checked(files_of([certificate.dossier_id])).problems == []


def test_request_comes_back_and_its_words_are_mended_when_it_is_sent_again(world: World) -> None:
    certificate = certified(world)
    change = asked(world, certificate)
    world.perform(change, "send_back", comment="والأقصر؟")
    half = {WORDS: {"ar": "برامج", "en": ""}}
    assert refused(lambda: world.perform(change, "complete", data=half)) == ["scope_in_one_language"]
    world.perform(change, "complete", comment="أضفناها", data={WORDS: LUXOR.said()})
    assert ScopeChange.objects.get().wanted == LUXOR
    world.perform(change, "not_admit", comment="لا شواهد")
    assert Certificate.objects.get(pk=certificate.pk).scope == WHOLE
    assert asked(world, certificate, LUXOR).state == "requested", "another may be asked for by now"
    assert list(verify_all()) == []


def test_body_puts_a_smaller_scope_before_the_panel_and_the_organisation_answers(world: World) -> None:
    certificate, coordinator = certified(world), world.person("coordinator")
    change = put_scope_to_panel(certificate, scope=ASWAN, reason="زيارة الفرع", by=coordinator)
    assert change.state == "before_panel"
    told = Letter.objects.filter(stream=change.pk).values_list("person", flat=True)
    assert world.applicant.pk in told
    assert refused(lambda: world.perform(change, "take_back")) == ["scope_change_of_the_body"]
    world.perform(change, "answer", comment="الفرع مغلق مؤقتا")
    world.perform(change, "refuse", comment="مقنع")
    assert (state_of(change), Certificate.objects.get(pk=certificate.pk).scope) == ("refused", WHOLE)
    assert list(verify_all()) == []


def test_what_is_no_change_or_comes_while_one_is_under_way_is_refused(world: World) -> None:
    certificate = certified(world)

    def ask(scope: Scope, reason: str = "سبب") -> list[str]:
        return refused(lambda: ask_for_scope(certificate, scope=scope, reason=reason, by=world.applicant))

    assert ask(WHOLE, " ") == ["scope_unchanged", "scope_change_without_reason"]
    assert ask(Scope(ar="شيء")) == ["scope_in_one_language"]
    stranger = world.stranger
    by_stranger = refused(lambda: ask_for_scope(certificate, scope=ASWAN, reason="x", by=stranger))
    assert by_stranger == ["not_your_role"]
    asked(world, certificate)
    assert ask(LUXOR) == ["scope_change_under_way"]
    assert ScopeChange.objects.count() == 1


def test_those_who_had_a_hand_in_the_file_do_not_decide(world: World) -> None:
    change = asked(world, certified(world))
    world.perform(change, "pass_to_panel", comment="كامل")
    reviewer = change.dossier.assignments.order_by("pk")[0].reviewer
    assert refused(lambda: perform(change, "grant", reviewer, comment="أنا"))


def test_request_lapses_when_it_is_not_completed_and_ends_with_its_certificate(world: World) -> None:
    certificate = certified(world)
    first = asked(world, certificate)
    world.perform(first, "send_back", comment="ناقص")
    with later(days=40):
        sweep()
        assert state_of(first) == "lapsed"
        second = asked(world, certificate)
        take(world, certificate, "withdraw", comment="مخالفة")
        assert state_of(second) == "ended"
        over = refused(lambda: asked(world, certificate))
        assert over == ["certificate_over"]
    with later(days=50):
        assert list(verify_all()) == []


def test_scope_is_granted_for_no_certificate_that_is_over(world: World) -> None:
    certificate = certified(world)
    change = asked(world, certificate)
    world.perform(change, "pass_to_panel", comment="كامل")
    assert certificate.deadline_at is not None
    with later(days=365 * 4):
        assert refused(lambda: world.perform(change, "grant", comment="متأخر")) == ["certificate_over"]


def test_renewal_carries_the_scope_over(world: World) -> None:
    with running_out(world) as certificate:
        change = asked(world, certificate)
        world.perform(change, "pass_to_panel", comment="كامل")
        world.perform(change, "grant", comment="موافقة")
        certificate.refresh_from_db()
        dossier = renew(certificate=certificate, by=world.applicant).dossier
        assert Dossier.objects.get(pk=dossier.pk).scope == ASWAN
        assert list(verify_all()) == []


def test_database_refuses_words_that_no_event_says(world: World) -> None:
    change = asked(world, certified(world))
    rows = ScopeChange.objects.filter(pk=change.pk)
    for other in ({"scope_en": "Everything"}, {"before_en": "x"}, {"initiative": "body"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**other)
