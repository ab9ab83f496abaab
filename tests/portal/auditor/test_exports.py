"""Events taken away: as a table, as they are, and on paper."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.trail.bundle.verify_trail import Trusted, check_at
from accreditation_engine.trail.canonical import canonical_bytes
from accreditation_engine.trail.content import digest_of
from accreditation_engine.trail.models import Event
from accreditation_engine.trail.transparency.checkpoints import make_checkpoint
from tests.certificates.paper.reading import boxes_of
from tests.certificates.paper.reading import text_of as words_of
from tests.portal.visitor import text_of, visitor
from tests.support.world import TINY, World


def export(world: World, ending: str, language: str = "en", **asked: str) -> HttpResponse:
    response = visitor(world.person("auditor"), language).get(reverse("audit_export", args=[ending]), asked)
    assert response.status_code == 200
    return response


def content(response: Any) -> str:
    return b"".join(response.streaming_content).decode()


def table(world: World, language: str = "en", **asked: str) -> list[list[str]]:
    text = content(export(world, "csv", language, **asked))
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def test_table_holds_every_event_of_the_search_in_words(world: World) -> None:
    dossier = world.dossier("certified")
    titles, *rows = table(world, file=dossier.number)
    hashes = {row[titles.index("Hash")] for row in rows}
    assert hashes >= set(Event.objects.filter(stream=dossier.pk).values_list("hash", flat=True))
    certify = next(row for row in rows if row[titles.index("To state")] == "Certified")
    assert certify[titles.index("File number")] == dossier.number
    assert certify[titles.index("What happened")] == "Announce the certificate"


def test_table_is_arabic_when_its_reader_is(world: World) -> None:
    titles, *rows = table(world, "ar", file=world.dossier("screening").number, kind="transition")
    assert titles[:3] == ["الوقت", "ما حدث", "صاحب الفعل"]
    assert rows[0][1] == "تقديم الملف"


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_formula_in_a_comment_is_no_formula_in_a_table(world: World, formula: str) -> None:
    dossier = world.dossier("screening")
    world.perform(dossier, "return_for_completion", comment=f"{formula} x")
    titles, *rows = table(world, file=dossier.number, transition="return_for_completion")
    assert rows[0][titles.index("Comment")].startswith("'")


def lines(world: World, **asked: str) -> Iterator[dict[str, Any]]:
    return map(json.loads, content(export(world, "jsonl", **asked)).splitlines())


def test_lines_are_the_events_with_their_hashes(world: World) -> None:
    dossier = world.dossier("certified")
    found = list(lines(world, stream=str(dossier.pk), order="oldest"))
    assert [each["seq"] for each in found] == list(range(1, len(found) + 1))
    for each in found:
        said = each.pop("hash")
        assert digest_of(canonical_bytes(each)) == said


@pytest.fixture
def withheld(world: World) -> Event:
    dossier = world.dossier("draft")
    visitor(world.applicant).post(
        reverse("self_assessment_area", args=[dossier.pk, "institutional-commitment", "integrity"]),
        {"rating-integrity-1": "3"},
    )
    return Event.objects.get(stream=dossier.pk, kind="answers_saved")


def test_what_is_withheld_on_pages_is_withheld_in_every_export(world: World, withheld: Event) -> None:
    (line,) = lines(world, kind="answers_saved")
    assert line == {
        "stream": str(withheld.stream),
        "seq": withheld.seq,
        "at": line["at"],
        "kind": "answers_saved",
        "hash": withheld.hash,
        "withheld": True,
    }
    assert "integrity-1" not in content(export(world, "csv", kind="answers_saved"))


def test_queries_do_not_grow_with_the_events_but_with_the_batches(world: World) -> None:
    dossier = world.dossier("certified")
    client, costs = visitor(world.person("auditor")), []
    for asked in ({"stream": str(dossier.pk), "kind": "opened"}, {"stream": str(dossier.pk)}):
        with CaptureQueriesContext(connection) as captured:
            response = client.get(reverse("audit_export", args=["csv"]), asked)
            assert b"".join(response.streaming_content)
        costs.append(len(captured))
    assert costs[1] <= costs[0] + 2


def test_paper_says_what_happened_with_the_hashes(world: World) -> None:
    dossier = world.dossier("screening")
    response = export(world, "pdf", file=dossier.number)
    assert response.content.startswith(b"%PDF")
    assert response["Content-Type"] == "application/pdf"
    words = words_of(response.content)
    assert "Submit the file" in words
    assert Event.objects.filter(stream=dossier.pk).latest("seq").hash in words
    assert "تقديم الملف" in words_of(export(world, "pdf", "ar", file=dossier.number).content)


def test_paper_that_would_be_endless_is_refused_with_a_way_out(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.dossier("screening")
    monkeypatch.setattr("accreditation_engine.portal.auditor.export_views.MOST_ON_PAPER", 3)
    response = visitor(world.person("auditor")).get(reverse("audit_export", args=["pdf"]), follow=True)
    assert "Paper holds at most 3 events" in text_of(response)


def test_bad_search_is_told_on_the_desk_when_it_was_to_be_exported(world: World) -> None:
    address = reverse("audit_export", args=["csv"])
    response = visitor(world.person("auditor")).get(address, {"since": "never"}, follow=True)
    assert "This is no date." in text_of(response)


def test_unknown_kind_of_file_does_not_exist(world: World) -> None:
    assert visitor(world.person("auditor")).get(reverse("audit_export", args=["docx"])).status_code == 404


def bundle(world: World, dossier: Dossier) -> Any:
    return visitor(world.person("auditor")).post(reverse("audit_bundle", args=[dossier.pk]), follow=True)


def test_bundle_of_a_decided_file_checks_itself(world: World, tmp_path: Path) -> None:
    dossier = world.dossier("certified")
    response = bundle(world, dossier)
    assert response["Content-Disposition"] == f'attachment; filename="{dossier.number}.zip"'
    path = tmp_path / "bundle.zip"
    path.write_bytes(b"".join(response.streaming_content))
    report = check_at(path, Trusted())
    assert not report.problems
    assert f"events/{dossier.pk}.jsonl" in zipfile.ZipFile(path).namelist()


def test_bundle_is_offered_where_all_events_are_of_one_file(world: World) -> None:
    dossier, client = world.dossier("certified"), visitor(world.person("auditor"))
    address = reverse("audit_bundle", args=[dossier.pk])
    assert address in client.get(reverse("audit"), {"file": dossier.number}).content.decode()
    assert address not in client.get(reverse("audit")).content.decode()


def test_bundle_is_refused_while_some_of_it_may_not_be_seen(world: World) -> None:
    response = bundle(world, world.dossier("in_review"))
    assert "some of it you may not see at this stage" in text_of(response)
    assert "export" not in [each.data["page"] for each in Event.objects.filter(kind="looked")]


def test_bundle_of_a_file_beyond_the_auditor_does_not_exist(world: World) -> None:
    world.scheme(TINY)
    assert bundle(world, world.dossier("draft", scheme="tiny")).status_code == 404


@pytest.fixture
def refusal(world: World) -> Event:
    dossier = world.dossier("draft")
    with pytest.raises(Refused):
        world.perform(dossier, "submit")
    return Event.objects.get(stream=dossier.pk, kind="refused")


def test_why_a_step_was_refused_is_told_in_every_export(world: World, refusal: Event) -> None:
    titles, row = table(world, kind="refused")
    why = row[titles.index("Why it was refused")]
    assert "answer" in why
    (line,) = lines(world, kind="refused")
    assert line["data"]["reasons"] == refusal.data["reasons"]
    words = words_of(export(world, "pdf", kind="refused").content)
    assert why.split(" ")[0] in words
    assert all(word in words for word in why.split("; ")[0].split(" ")[:5])


def test_paper_says_where_it_comes_from(world: World) -> None:
    dossier = world.dossier("screening")
    unsigned = words_of(export(world, "pdf", file=dossier.number).content)
    assert "none had been made yet" in unsigned
    checkpoint = make_checkpoint()
    auditor = world.person("auditor")
    words = words_of(export(world, "pdf", stream=str(dossier.pk)).content)
    for part in (auditor.name, "Cairo time", "UTC+0", checkpoint.root, f"over {checkpoint.size} events"):
        assert part in words
    assert f"Events of one thing: {dossier.number}" in words
    assert "Nothing was narrowed down" in words_of(export(world, "pdf").content)
    assert "توقيت القاهرة" in words_of(export(world, "pdf", "ar").content)


def test_hashes_on_paper_fit_on_their_line(world: World) -> None:
    dossier = world.dossier("screening")
    content = export(world, "pdf", file=dossier.number).content
    assert max(box.right for box in boxes_of(content)) < 210 - 15


def test_who_may_have_no_bundle_and_asks_for_one_is_in_the_trail(world: World) -> None:
    dossier = world.dossier("screening")
    client = visitor(world.person("coordinator"))
    for _time in range(2):
        assert client.post(reverse("audit_bundle", args=[dossier.pk])).status_code == 404
    tried = Event.objects.get(stream=dossier.pk, kind="refused")
    assert (tried.data["act"], tried.actor) == ("bundle", world.person("coordinator").pk)
    titles, row = table(world, kind="refused")
    assert "take the whole file away in a bundle" in row[titles.index("What happened")]
