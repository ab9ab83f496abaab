"""What people read where the edition of a file can judge nothing any more."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.edition_checks import problems_of
from accreditation_engine.engine.registry import guards
from tests.portal.visitor import page_of, text_of, visitor
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
    compiled.cache_clear()
    problems_of.cache_clear()
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
