"""What people read where the edition of a file can judge nothing any more."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.certificates.scope_change.opening import ask_for_scope
from accreditation_engine.certificates.upkeep.opening import call_upkeep
from accreditation_engine.complaints.domain import Concern, raise_concern
from accreditation_engine.dossiers.scope import Scope
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.edition_checks import problems_of
from accreditation_engine.engine.registry import guards
from accreditation_engine.portal.calendar.entries import entries_of
from tests.portal.visitor import page_of, text_of, visitor
from tests.support.renewing import running_out
from tests.support.world import TINY, World, changed

GUARDED = changed(
    TINY,
    ("to: done, by: [coordinator, auditor]", "to: done, by: [auditor], requires: [questions_answered]"),
)


def test_lists_leave_the_rest_and_a_page_says_why_when_an_edition_is_not_usable(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.scheme(GUARDED)
    file, other = world.dossier("draft", scheme="tiny"), world.dossier("screening")
    administrator = world.person("administrator")
    people = [world.applicant, world.person("coordinator"), world.person("auditor"), administrator]
    clients = [visitor(each) for each in people]
    monkeypatch.delitem(guards, "questions_answered")
    _read_anew()
    for person, client in zip(people, clients, strict=True):
        seen = text_of(client.get(reverse("home")))
        if person != administrator:
            assert f"{file.number} tiny {file.number} Cannot be shown now" in seen
            assert other.number in seen
        told = client.get(page_of(file))
        assert told.status_code == 503
        assert "Nothing that was saved is lost" in text_of(told)
        leads = reverse("edition", args=["tiny", file.edition_id]) in told.content.decode()
        assert leads == (person == administrator)
    typed = clients[0].post(page_of(file), {"transition": "submit", "comment": "What we had written."})
    assert "What we had written." in text_of(typed)
    for name in ("season", "schemes"):
        assert clients[1].get(reverse(name)).status_code == 200


def test_strangers_still_read_the_register_when_the_edition_of_a_certificate_is_not_usable(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = world.dossier("certified").organisation
    monkeypatch.delitem(guards, "self_assessment_complete")
    compiled.cache_clear()
    assert holder.name_en in text_of(visitor().get(reverse("register"), follow=True))
    assert visitor().get(reverse("about"), follow=True).status_code == 200


def test_home_and_lists_leave_the_rest_when_the_edition_of_what_hangs_on_a_file_is_not_usable(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Concerns, upkeep, changes of scope, and certificates that are to be renewed."""
    people = [world.applicant, *(world.person(role) for role in ("coordinator", "panel", "auditor"))]
    with running_out(world) as certificate:
        told = _waiting(world, certificate)
        clients = [visitor(each) for each in people]
        whole = text_of(clients[0].get(reverse("home")))
        assert all(each in whole for each in told)
        hung_on = ("special_audit_possible", "upkeep_files", "scope_in_words", "self_assessment_complete")
        for rule, missing in zip(hung_on, told, strict=True):
            with monkeypatch.context() as patch:
                patch.delitem(guards, rule)
                _read_anew()
                seen, *_others = [text_of(client.get(reverse("home"))) for client in clients]
                assert [each for each in told if each not in seen] == [missing], rule
                assert all(isinstance(entries_of(person), list) for person in people)
                for name in ("concerns", "upkeep_list"):
                    assert clients[1].get(reverse(name)).status_code == 200
        _read_anew()


def _waiting(world: World, certificate: Certificate) -> list[str]:
    """What waits for the organisation, as home tells it: a concern, upkeep, a change of scope, a renewal."""
    concern = raise_concern(dossier=certificate.dossier, concern=Concern("A fee.")).complaint
    world.perform(concern, "admit")
    call_upkeep(
        certificate,
        kind="special_audit",
        actor=world.person("coordinator"),
        role="coordinator",
        reason="It is time.",
    )
    change = ask_for_scope(certificate, scope=Scope("أسوان", "Aswan"), reason="نكبر", by=world.applicant)
    world.perform(change, "send_back", comment="أين؟")
    return [concern.number, "Special audit", "A change of the scope", "Certificates to renew"]


def _read_anew() -> None:
    compiled.cache_clear()
    problems_of.cache_clear()
