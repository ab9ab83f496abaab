"""Files in flight under another edition: which come there, which are left and why, and that the trail tells it."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accreditation_engine.dossiers.migrating import in_flight, migrate_files
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.engine.editions import store_workflow
from accreditation_engine.engine.migrating import keeps_criteria, why_not
from accreditation_engine.engine.models import Edition
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.models import User
from accreditation_engine.reviews.judged import sheets_of
from accreditation_engine.reviews.other_edition import rescored
from accreditation_engine.trail.models import Event
from tests.portal.visitor import page_of, queries_for, text_of, visitor
from tests.support.bundles import checked, files_of
from tests.support.post import delivered, nobody_is_written_to
from tests.support.world import SHIPPED, TINY, World, changed, in_state, later, read, shipped
from tests.trail.forging import forged

LONGER = changed(TINY, ('edition: "1"', 'edition: "2"'), ("after: P30D, then", "after: P60D, then"))
SHORTER = changed(TINY, ('edition: "1"', 'edition: "3"'), ("after: P30D, then", "after: P10D, then"))
OTHERWISE = changed(TINY.replace("checking", "looking"), ('edition: "1"', 'edition: "4"'))


def stored(text: str) -> Edition:
    found = read(text)
    (workflow,) = found.workflows.values()
    return store_workflow(workflow, found.rubrics)


def test_files_go_on_under_the_other_edition_and_the_trail_tells_it(world: World) -> None:
    old = world.scheme(TINY)
    file, done = (world.dossier(state, scheme="tiny") for state in ("draft", "draft"))
    world.perform(done, "submit")
    world.perform(done, "finish")
    new, administrator = stored(LONGER), world.person("administrator")
    entered = file.entered_at
    result = migrate_files(edition=new, by=administrator, reason="المهلة كانت قصيرة")
    assert (result.moved, result.left) == ([file.pk], {})
    file.refresh_from_db()
    assert (file.edition_id, file.state, file.entered_at) == (new.pk, "draft", entered)
    assert file.deadline_at == entered + timedelta(days=60)
    event = Event.objects.filter(stream=file.pk).latest("seq")
    assert (event.kind, event.edition, event.role) == ("migrated", new.pk, "administrator")
    assert event.data["from"] == old
    assert Dossier.objects.get(pk=done.pk).edition_id == old
    assert migrate_files(edition=new, by=administrator, reason="-").moved == []
    world.perform(file, "submit")
    assert list(verify_all()) == []
    assert checked(files_of([file.pk])).problems == []


def test_a_file_that_came_over_in_review_is_decided_and_everything_verifies(world: World) -> None:
    found = shipped()
    label = found.workflows[SHIPPED].model_copy(update={"edition": "x"})
    new = store_workflow(label, found.rubrics)
    file = world.dossier("in_review")
    assert migrate_files(edition=new, by=world.person("administrator"), reason="-").moved == [file.pk]
    file.refresh_from_db()
    world.take_to(file, "certified")
    assert list(verify_all()) == []
    assert checked(files_of([file.pk])).problems == []


def test_files_are_left_and_named_when_the_other_edition_does_not_know_where_they_stand(world: World) -> None:
    world.scheme(TINY)
    checking = world.dossier("draft", scheme="tiny")
    world.perform(checking, "submit")
    result = migrate_files(edition=stored(OTHERWISE), by=SYSTEM, reason="-")
    assert [each.code for each in result.left[checking.pk]] == ["state_vanishes"]
    late = world.dossier("draft", scheme="tiny")
    before = in_state(late)
    with later(days=15):
        result = migrate_files(edition=stored(SHORTER), by=SYSTEM, reason="-")
    assert [each.code for each in result.left[late.pk]] == ["deadline_would_have_passed"]
    assert in_state(late) == before


def test_answers_and_ratings_of_criteria_that_vanish_keep_a_file(world: World) -> None:
    found = shipped()
    workflow = found.workflows[SHIPPED]
    rubric = found.rubrics[SHIPPED]
    areas = (
        rubric.areas[0].model_copy(update={"criteria": rubric.areas[0].criteria[1:]}),
        *rubric.areas[1:],
    )
    fewer = rubric.model_copy(update={"areas": areas, "edition": "x"})
    to = compiled(store_workflow(workflow, {**found.rubrics, SHIPPED: fewer}).hash)
    untouched, reviewed, deciding = (world.dossier(each) for each in ("draft", "reviewed", "deciding"))
    against = why_not([untouched, reviewed, deciding], to)
    assert untouched.pk not in against
    (reason,) = against[reviewed.pk]
    assert (reason.code, reason.parameters["criteria"]) == (
        "criteria_vanish",
        [rubric.areas[0].criteria[0].id],
    )
    assert "under_decision" in [each.code for each in against[deciding.pk]]


def test_only_administrators_bring_files_over_and_say_why(world: World) -> None:
    world.scheme(TINY)
    file = world.dossier("draft", scheme="tiny")
    new = stored(LONGER)
    for by, reason in ((world.person("coordinator"), "-"), (world.person("administrator"), " ")):
        with pytest.raises(Refused):
            migrate_files(edition=new, by=by, reason=reason)
    assert in_flight("tiny", new.pk).get() == file


def test_a_forged_migration_is_found(world: World) -> None:
    world.scheme(TINY)
    file = world.dossier("draft", scheme="tiny")
    new = stored(LONGER)
    by = world.person("coordinator").acting
    event = forged(
        file.pk,
        kind="migrated",
        actor=by,
        role="coordinator",
        edition=new.pk,
        source="draft",
        target="draft",
        data={"from": new.pk},
    )
    event.save(force_insert=True)
    found = " ".join(each.detail for each in verify_all())
    for words in ("leaves another edition", "nobody brings anything", "it gives no reason"):
        assert words in found
    codes = {each.code for each in checked(files_of([file.pk])).problems}
    assert codes >= {"impossible_step", "impossible_edition", "impossible_comment"}


def test_the_page_tells_beforehand_what_would_move_and_what_not(world: World) -> None:
    world.scheme(TINY)
    moves, stays = (world.dossier("draft", scheme="tiny") for _ in range(2))
    world.perform(stays, "submit")
    new = stored(OTHERWISE)
    administrator = world.person("administrator")
    client, page = visitor(administrator), reverse("migrate", args=["tiny", new.pk])
    assert page in client.get(reverse("edition", args=["tiny", new.pk])).content.decode()
    seen = text_of(client.get(page))
    assert "1 file would come under this edition." in seen
    assert f"{stays.number} {stays.organisation.name_en} Checking The other edition has no state" in seen
    assert queries_for(client, page) <= 15
    refused = client.post(page, {"reason": ""})
    assert refused.status_code == 409
    done = client.post(page, {"reason": "صياغة أوضح"}, follow=True)
    assert "1 file is under this edition now. 1 file was left." in text_of(done)
    again = client.post(page, {"reason": "صياغة أوضح"}, follow=True)
    assert "1 file is under this edition now. 1 file was left." in text_of(again)
    moves.refresh_from_db()
    assert moves.edition_id == new.pk
    trail = text_of(visitor(world.person("coordinator"), "ar").get(page_of(moves, "trail")))
    assert "نُقل الملف إلى إصدار آخر" in trail
    assert "صياغة أوضح" in trail
    for person in (world.person("methodologist"), world.applicant):
        assert visitor(person).get(page).status_code == 404
        assert visitor(person).post(page, {"reason": "-"}).status_code == 404


def test_whatever_is_kept_by_criterion_is_asked_for(db: None) -> None:
    kept = {each._meta.db_table for each in apps.get_models() if "criterion" in _fields(each)}
    with CaptureQueriesContext(connection) as captured:
        for keys in keeps_criteria["dossier"]:
            list(keys([uuid4()]))
    asked = " ".join(each["sql"] for each in captured)
    assert len(kept) >= 8
    assert [table for table in kept if f'FROM "{table}"' not in asked] == []


def _fields(model: type[Model]) -> set[str]:
    return {each.name for each in model._meta.get_fields()}


def test_an_organisation_is_told_once_what_changes_for_it(world: World) -> None:
    world.scheme(TINY)
    file = world.dossier("draft", scheme="tiny")
    User.objects.filter(pk=world.applicant.pk).update(language="en")
    nobody_is_written_to()
    migrate_files(edition=stored(LONGER), by=world.person("administrator"), reason="Not for the mail.")
    (mail,) = [each for each in delivered() if each.to == [world.applicant.email]]
    body = re.sub("[\u2066-\u2069]", "", mail.body)
    assert "Your file is under another edition of the scheme from now on: 2 in place of 1." in body
    assert "their time limits or the steps between them have changed" in body
    file.refresh_from_db()
    assert file.deadline_at is not None
    assert "ends on" in body
    assert "Not for the mail." not in body
    assert list(delivered()) == []


def test_a_preview_tells_which_deadlines_move_and_what_scores_become(world: World) -> None:
    world.scheme(TINY)
    file = world.dossier("draft", scheme="tiny")
    client = visitor(world.person("administrator"))
    page = reverse("migrate", args=["tiny", stored(LONGER).pk])
    seen = text_of(client.get(page))
    assert "Stages that would end on another day" in seen
    assert f"{file.number} {file.organisation.name_en}" in seen
    assert "30 days later" in seen
    assert "Scores that would be other ones" not in seen
    reviewed = world.dossier("certified")
    assert rescored([reviewed], compiled(reviewed.edition_id)) == []
    found = shipped()
    rubric = found.rubrics["institutional-commitment"]
    first, *others = rubric.areas
    heavy = rubric.model_copy(
        update={"areas": (first.model_copy(update={"weight": first.weight * 7}), *others)}
    )
    label = found.workflows[SHIPPED].model_copy(update={"edition": "heavy"})
    new = store_workflow(label, {**found.rubrics, rubric.id: heavy})
    told = rescored([reviewed], compiled(new.pk))
    assert [(each.rubric.id, len(each.before)) for each in told] == [(rubric.id, 1)]
    assert told[0].before == (sheets_of(reviewed)[rubric.id].percent,)
    assert queries_for(client, page) <= 15
