"""The pages on which administrators see, check, compare and open editions of schemes."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from accreditation_engine.definitions.conditions import KINDS
from accreditation_engine.definitions.editions import canonical_workflow, content_hash
from accreditation_engine.definitions.reading import attempt_text
from accreditation_engine.definitions.workflow import Workflow
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.edition_checks import problems_of
from accreditation_engine.engine.editions import store_workflow
from accreditation_engine.engine.models import Edition, Scheme
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.registry import effects, guards, subjects
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.domain import grant_role
from accreditation_engine.organisations.opening_schemes import open_under
from accreditation_engine.portal.administration.compared import RULES, THINGS
from accreditation_engine.trail.models import Event
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.world import SHIPPED, TINY, World, changed, read

LONGER = changed(
    TINY,
    ('edition: "1"', 'edition: "2"'),
    ("after: P30D, then", "after: P60D, then"),
    ("to: done, by: [coordinator, auditor]", "to: done, by: [auditor], requires: [questions_answered]"),
)


def stored(text: str) -> str:
    """Kept, and not opened: the hash of the edition."""
    found = read(text)
    (workflow,) = found.workflows.values()
    return store_workflow(workflow, found.rubrics).hash


def test_an_edition_is_seen_compared_and_opened_and_old_files_keep_theirs(world: World) -> None:
    old = world.scheme(TINY)
    file = world.dossier("draft", scheme="tiny")
    new = stored(LONGER)
    administrator = world.person("administrator")
    client = visitor(administrator)
    assert "Tiny 1" in text_of(client.get(reverse("edition_schemes")))
    editions = text_of(client.get(reverse("editions", args=["tiny"])))
    assert f"1 · {old[:8]} for new files" in editions
    page = reverse("edition", args=["tiny", new])
    seen = client.get(page)
    assert "<svg" in seen.content.decode()
    assert f"{reverse('compare_editions', args=['tiny'])}?old={old}&amp;new={new}" in seen.content.decode()
    compared = text_of(client.get(reverse("compare_editions", args=["tiny"]), {"old": old, "new": new}))
    assert "Deadline 30 days, then: Lapse 60 days, then: Lapse" in compared
    assert "By coordinator, auditor auditor" in compared
    assert "What must hold first nothing no question waits for its answer" in compared
    opened = client.post(page, {"act": "open"}, follow=True)
    assert "New files are opened under this edition." in text_of(opened)
    assert Scheme.objects.get(pk="tiny").edition_id == new
    event = Event.objects.filter(stream=Scheme.objects.get(pk="tiny").stream).latest("seq")
    assert (event.kind, event.actor, event.role) == ("activated", administrator.pk, "administrator")
    file.refresh_from_db()
    assert (file.edition_id, world.dossier("draft", scheme="tiny").edition_id) == (old, new)
    assert list(verify_all()) == []
    for address in (page, reverse("editions", args=["tiny"]), reverse("edition_schemes")):
        assert queries_for(client, address) <= 15


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_scheme_and_its_comparison_is_shown_in_both_languages(world: World, language: str) -> None:
    client = visitor(world.person("administrator"), language)
    for scheme in Scheme.objects.all():
        page = client.get(reverse("edition", args=[scheme.name, scheme.edition_id]))
        assert ("سليم" if language == "ar" else "proved") in text_of(page)
    world.scheme(TINY)
    old, new = Scheme.objects.get(pk="tiny").edition_id, stored(LONGER)
    compared = client.get(reverse("compare_editions", args=["tiny"]), {"old": old, "new": new})
    assert ("60 يوما" if language == "ar" else "60 days") in text_of(compared)
    assert "questions_answered" not in text_of(compared)


def test_an_edition_that_is_not_proved_is_told_and_not_opened(world: World) -> None:
    world.scheme(TINY)
    text = changed(TINY, ('edition: "1"', 'edition: "3"'), ("to: done, by", "to: checking, by"))
    workflow = attempt_text(text, file="x").document
    assert workflow is not None
    assert isinstance(workflow.definition, Workflow)
    edition = store_workflow(workflow.definition, {})
    client = visitor(world.person("administrator"))
    page = reverse("edition", args=["tiny", edition.pk])
    seen = text_of(client.get(page))
    assert "It cannot be opened while problems are found in it." in seen
    assert len(problems_of(edition.pk)) > 0
    refused = client.post(page, {"act": "open"})
    assert refused.status_code == 409
    assert Scheme.objects.get(pk="tiny").edition_id != edition.pk
    assert client.post(page, {"act": "sing"}).status_code == 400


def stored_as(text: str, *changes: tuple[bytes, bytes], rehashed: bool) -> str:
    """An edition whose text was changed in the database: by who reckoned its hash anew, or did not."""
    (workflow,) = read(text).workflows.values()
    content = canonical_workflow(workflow, {})
    pk = content_hash(content)
    for old, new in changes:
        assert old in content
        content = content.replace(old, new)
    pk = content_hash(content) if rehashed else pk
    Edition.objects.create(hash=pk, kind="workflow", name="tiny", label="2", content=content)
    return pk


@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_edition_that_is_not_usable_is_named_on_every_page_of_it(world: World, language: str) -> None:
    old = world.scheme(TINY)
    gone = stored_as(LONGER, (b"questions_answered", b"questions_foreseen"), rehashed=True)
    never_used = changed(LONGER, ('edition: "2"', 'edition: "9"'))
    forged = stored_as(never_used, (b"P60D", b"P61D"), rehashed=False)
    garbled = stored_as(LONGER, (b"transitions", b"transition_"), rehashed=True)
    client = visitor(world.person("administrator"), language)
    told = {
        gone: "questions_foreseen",
        forged: {"ar": "فقد غيره أحد هناك", "en": "somebody has changed it there"}[language],
        garbled: {"ar": "لا يستطيع هذا الإصدار", "en": "cannot make a workflow"}[language],
    }
    for edition, words in told.items():
        page = reverse("edition", args=["tiny", edition])
        assert words in text_of(client.get(page))
        refused = client.post(page, {"act": "open"})
        assert refused.status_code == 409
        assert words in text_of(refused)
        pair = {"old": old, "new": edition}
        assert words in text_of(client.get(reverse("compare_editions", args=["tiny"]), pair))
        migrate = reverse("migrate", args=["tiny", edition])
        assert words in text_of(client.get(migrate, follow=True))
        assert words in text_of(client.post(migrate, {"reason": "-"}, follow=True))
    assert client.get(reverse("editions", args=["tiny"])).status_code == 200


def test_a_file_stays_under_an_edition_whose_guard_is_gone_and_its_administrator_reads_why(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, gone = world.scheme(TINY), world.scheme(LONGER)
    file = world.dossier("draft", scheme="tiny")
    client = visitor(world.person("administrator"))
    monkeypatch.delitem(guards, "questions_answered")
    compiled.cache_clear()
    problems_of.cache_clear()
    for name in ("edition_schemes", "roles", "give_role", "imports"):
        assert client.get(reverse(name)).status_code == 200
    rescue = reverse("migrate", args=["tiny", old])
    assert "does not know the rule questions_answered" in text_of(client.get(rescue))
    assert client.post(rescue, {"reason": "Its guard is gone."}).status_code == 302
    file.refresh_from_db()
    assert file.edition_id == gone


def test_who_does_not_administer_a_scheme_sees_and_opens_none_of_its_editions(world: World) -> None:
    world.scheme(TINY)
    new = stored(LONGER)
    local = world.new_person("local")
    grant_role(user=local, role="administrator", scheme=SHIPPED, by=SYSTEM)
    for person in (local, world.person("methodologist"), world.applicant):
        for address in (
            reverse("edition", args=["tiny", new]),
            reverse("editions", args=["tiny"]),
            reverse("compare_editions", args=["tiny"]),
        ):
            assert visitor(person).get(address).status_code == 404
        with pytest.raises(Refused):
            open_under(edition=Edition.objects.get(pk=new), by=person)
    assert visitor(local).get(reverse("editions", args=[SHIPPED])).status_code == 200
    shipped = Scheme.objects.get(pk=SHIPPED).edition_id
    mixed = reverse("edition", args=[SHIPPED, new])
    assert visitor(world.person("administrator")).get(mixed).status_code == 404
    rubric = Edition.objects.get(pk=next(iter(compiled(shipped).pins.values())))
    with pytest.raises(Refused):
        open_under(edition=rubric, by=SYSTEM)


def test_every_rule_and_everything_shown_has_words() -> None:
    assert set(guards) - KINDS.keys() - RULES.keys() == set()
    assert set(effects) - RULES.keys() == set()
    assert {each for kind in subjects.values() for each in kind.words.shows} - THINGS.keys() == set()
    with translation.override("ar"):
        words = [str(each) for each in (*RULES.values(), *THINGS.values())]
        assert all(any("\u0621" <= letter <= "\u064a" for letter in each) for each in words)
