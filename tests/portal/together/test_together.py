"""One step for many files: what stands against each is said before, what was refused after."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.compiled import compiled
from accreditation_engine.organisations.domain import engage
from accreditation_engine.portal.dossier.rubrics import criterion_titles
from accreditation_engine.portal.together.models import Batch, BatchFile
from accreditation_engine.portal.together.running import FEW, go_on_with_batches
from accreditation_engine.reviews.models import Rating
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.world import World

STEP = "announce_certificate"


def send(world: World, *files: Dossier, **more: Any) -> Any:
    client = visitor(world.person("coordinator"))
    return client.post(
        reverse("together"), {"step": STEP, "act": "sure", "file": [str(each.pk) for each in files], **more}
    )


def test_decisions_are_announced_together(world: World) -> None:
    files = [world.dossier("certificate_decided") for _ in range(3)]
    client = visitor(world.person("coordinator"))
    page = client.get(reverse("together"), {"step": STEP})
    assert all(each.number in text_of(page) for each in files)
    assert not any(row["ticked"] for row in page.context["rows"])
    assert "Tick all 3 files that are ready" in text_of(page)
    ready = client.get(reverse("together"), {"step": STEP, "tick": "all"}).context["rows"]
    assert [row["ticked"] for row in ready] == [True] * 3
    response = send(world, *files[:2])
    assert "Done for 2 files." in text_of(response)
    assert (response.context["progress"]["value"], response.context["progress"]["maximum"]) == (2, 3)
    assert Certificate.objects.count() == 2
    assert [Dossier.objects.get(pk=each.pk).state for each in files] == [
        "certified",
        "certified",
        "certificate_decided",
    ]


def test_what_was_done_before_counts_and_nonsense_does_not(world: World) -> None:
    file = world.dossier("certificate_decided")
    for typed, done in (("7", 8), ("seven", 1), ("-7", 1)):
        progress = send(world, file, done=typed).context["progress"]
        assert (progress["value"], progress["maximum"]) == (done, done)
        file = world.dossier("certificate_decided")


def test_the_page_costs_the_same_for_one_file_and_for_three(world: World) -> None:
    client, costs = visitor(world.person("coordinator")), []
    for more in (1, 2):
        for _ in range(more):
            world.dossier("certificate_decided")
        client.get(reverse("together"), {"step": STEP})
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("together"), {"step": STEP})
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 15


def test_a_file_that_was_announced_meanwhile_is_left_out(world: World) -> None:
    file = world.dossier("certificate_decided")
    world.perform(file, STEP)
    answer = send(world, file, comment="نُشر القرار")
    assert answer.status_code == 409
    words = text_of(answer)
    assert file.number in words
    assert "does not wait for this step any more; it is now in “" in words
    assert "Tick the files" not in words
    assert Certificate.objects.count() == 1


def test_a_file_that_is_refused_is_named_and_keeps_no_other(world: World) -> None:
    good, bad = world.dossier("certificate_decided"), world.dossier("certificate_decided")
    coordinator = world.person("coordinator")
    Rating.objects.filter(assignment__dossier=bad).update(value="1")
    response = send(world, good, bad)
    assert response.status_code == 409
    assert bad.number in text_of(response)
    assert Dossier.objects.get(pk=good.pk).state == "certified"
    assert Dossier.objects.get(pk=bad.pk).state == "certificate_decided"
    engage(coach=coordinator, organisation=bad.organisation, began_on=timezone.localdate(), by=SYSTEM)
    assert bad.number not in text_of(visitor(coordinator).get(reverse("together"), {"step": STEP}))


def test_only_coordinators_have_the_page(world: World) -> None:
    for role in ("applicant", "panel", "auditor", "reviewer"):
        assert visitor(world.person(role)).get(reverse("together")).status_code == 404


def test_nothing_is_done_when_nothing_is_ticked(world: World) -> None:
    world.dossier("certificate_decided")
    assert send(world).status_code == 409
    assert not Certificate.objects.exists()


def test_what_is_about_to_be_done_is_read_once_more_and_can_be_changed(world: World) -> None:
    one, other = world.dossier("certificate_decided"), world.dossier("certificate_decided")
    asked = send(world, one, act="", comment="بعد الجلسة")
    assert "for 1 file?" in text_of(asked)
    assert "Yes, do it" in text_of(asked)
    assert not Certificate.objects.exists()
    form = send(world, one, act="change", comment="بعد الجلسة")
    assert [row["ticked"] for row in form.context["rows"]] == [
        row["key"] == str(one.pk) for row in form.context["rows"]
    ]
    assert "بعد الجلسة" in form.content.decode()
    assert not Certificate.objects.exists()
    assert other.number not in text_of(asked)


def test_many_files_are_done_by_the_worker_and_asked_twice_they_are_done_once(world: World) -> None:
    good = [world.dossier("certificate_decided") for _ in range(FEW)]
    bad = world.dossier("certificate_decided")
    Rating.objects.filter(assignment__dossier=bad).update(value="1")
    sure = send(world, *good, bad, act="", comment="بعد الجلسة")
    page = str(sure.context["batch"])
    first = send(world, *good, bad, batch=page, comment="بعد الجلسة")
    again = send(world, *good, bad, batch=page, comment="بعد الجلسة")
    assert first.url == again.url
    assert Certificate.objects.count() == FEW
    batch = Batch.objects.get()
    assert batch.files.filter(done=True).count() == FEW
    client = visitor(world.person("coordinator"))
    shown = client.get(first.url)
    words = text_of(shown)
    assert words.index("Left as they were 1") < words.index(bad.number) < words.index("Files that are done 5")
    assert [each["words"] for each in shown.context["done"]] == [""] * FEW
    assert shown.context["refused"][0]["words"]
    assert "بعد الجلسة" in words
    assert queries_for(client, first.url) <= 15
    assert visitor(world.new_person("second", "coordinator")).get(first.url).status_code == 404


def test_what_waits_for_a_worker_says_so_and_is_gone_on_with(world: World, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    files = [world.dossier("certificate_decided") for _ in range(FEW + 1)]
    asked = send(world, *files)
    words = text_of(visitor(world.person("coordinator")).get(asked.url))
    assert "No worker has been seen" in words
    assert "Nothing is lost" in words
    assert not Certificate.objects.exists()
    Batch.objects.update(seen_at=timezone.now() - timedelta(minutes=3))
    BatchFile.objects.filter(dossier=files[0]).update(done=True)
    go_on_with_batches()
    assert Certificate.objects.count() == FEW
    assert not BatchFile.objects.filter(done=None).exists()


def test_an_identifier_that_is_none_ticks_nothing(world: World) -> None:
    world.dossier("certificate_decided")
    assert "Tick the files" in text_of(send(world, file=["7", "x" * 90]))


def test_reasons_call_criteria_by_their_titles(world: World) -> None:
    file = world.dossier("reviewed")
    apart = Rating.objects.filter(assignment__dossier=file).order_by("pk")[0]
    Rating.objects.filter(pk=apart.pk).update(value="0")
    words = text_of(send(world, file, step="refer"))
    titles = criterion_titles(compiled(file.edition_id))
    assert titles[apart.rubric, apart.criterion] in words
    assert apart.criterion not in words


def test_a_step_that_needs_a_comment_asks_for_it_before_anything_is_done(world: World) -> None:
    file = world.dossier("screening")
    answer = send(world, file, step="return_for_completion", comment=" ")
    assert answer.status_code == 409
    assert answer.context["wrong"] == {"comment": "Say why: this step needs a comment."}
    assert [row["ticked"] for row in answer.context["rows"]] == [True]
    assert Dossier.objects.get(pk=file.pk).state == "screening"


def test_nothing_is_confirmed_where_nothing_can_be_done(world: World) -> None:
    file = world.dossier("reviewed")
    apart = Rating.objects.filter(assignment__dossier=file).order_by("pk")[0]
    Rating.objects.filter(pk=apart.pk).update(value="0")
    words = text_of(send(world, file, step="refer", act=""))
    assert "Not possible" in words
    assert "Yes, do it" not in words
    assert "Back to the choice" in words
