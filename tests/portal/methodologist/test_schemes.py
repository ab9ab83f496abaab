"""A scheme as its methodologist reads it, and who else may."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.models import Scheme
from accreditation_engine.organisations.domain import grant_role
from tests.definitions.test_readings import BOTH, READING
from tests.portal.visitor import queries_for, text_of, visitor
from tests.support.small import RUBRIC, WORKFLOW, small_scheme
from tests.support.world import SHIPPED, World, changed, later

WATCHERS = ("methodologist", "auditor", "coordinator", "administrator")
SCHEME = f"/schemes/{SHIPPED}/"


@pytest.mark.parametrize("role", WATCHERS)
def test_scheme_is_shown_when_its_reader_watches_over_it(world: World, role: str) -> None:
    client = visitor(world.person(role))
    assert "Institutional Commitment Certificate" in text_of(client.get("/schemes/"))
    content = text_of(client.get(SCHEME))
    edition = Scheme.objects.get(pk=SHIPPED).edition
    for words in (f"Edition {edition.label}", edition.hash[:8], "1. Integrity", "Every area at least 70%"):
        assert words in content
    assert "No criterion rated 1 or lower" in content


@pytest.mark.parametrize("role", ["applicant", "reviewer", "panel", "appeal_panel", "coach"])
def test_schemes_do_not_exist_when_the_reader_watches_over_none(world: World, role: str) -> None:
    world.organisation()
    client = visitor(world.person(role))
    assert client.get("/schemes/").status_code == client.get(SCHEME).status_code == 404
    assert "Schemes" not in text_of(client.get("/"))


def test_schemes_stand_in_the_navigation_when_the_reader_watches(world: World) -> None:
    assert "Schemes" in text_of(visitor(world.person("methodologist")).get("/"))
    assert "برامج الاعتماد" in text_of(visitor(world.person("auditor"), "ar").get("/"))


def test_scheme_does_not_exist_when_the_grant_is_for_another(world: World) -> None:
    small_scheme(world)
    person = world.new_person("somebody")
    grant_role(user=person, role="methodologist", scheme="mini", by=SYSTEM)
    client = visitor(person)
    assert client.get("/schemes/mini/").status_code == 200
    assert client.get(SCHEME).status_code == client.get("/schemes/nowhere/").status_code == 404
    assert "Institutional Commitment" not in text_of(client.get("/schemes/"))


def test_rubric_that_reads_another_says_so_and_so_does_the_one_that_is_read(world: World) -> None:
    world.scheme(BOTH, RUBRIC, READING)
    content = text_of(visitor(world.person("methodologist")).get("/schemes/mini/"))
    assert (
        "Judges the ratings that are given under “Mini”: its criteria are not asked a second time." in content
    )
    assert "Its ratings are judged under another rubric too: “Strict”." in content
    arabic = text_of(visitor(world.person("methodologist"), "ar").get("/schemes/mini/"))
    assert "تقيم بالدرجات المسجلة وفق «مصغرة»، ولا تطلب درجات معاييرها مرة أخرى." in arabic
    assert "تستخدم درجاتها في أداة تقييم أخرى أيضا: «صارمة»." in arabic
    assert "Judges the ratings" not in text_of(visitor(world.person("methodologist")).get(SCHEME))


def test_scheme_is_gone_when_the_grant_has_ended(world: World) -> None:
    person = world.new_person("former", "auditor", until=timezone.now() + timedelta(days=1))
    assert visitor(person).get(SCHEME).status_code == 200
    with later(days=2):
        assert visitor(person).get(SCHEME).status_code == 404


def test_workflow_is_drawn_with_roles_in_the_language_of_the_reader(world: World) -> None:
    page = visitor(world.person("methodologist"), "ar").get(SCHEME).content.decode()
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in page
    assert 'lang="ar" direction="rtl"' in page
    assert "المراجع" in page
    assert "الحد الأدنى لنتيجة كل مجال" in page


def test_older_editions_count_their_files_when_a_new_one_is_open(world: World) -> None:
    small_scheme(world)
    for _file in range(2):
        world.dossier("in_review", scheme="mini")
    world.scheme(changed(WORKFLOW, ('edition: "1"', 'edition: "2"')), RUBRIC)
    world.dossier("in_review", scheme="mini")
    table = visitor(world.person("auditor")).get("/schemes/mini/").context["editions"]
    rows = {
        row["cells"][0]["value"][0]: (row["cells"][0]["note"], row["cells"][2]["value"])
        for row in table["rows"]
    }
    assert rows == {"2": ("for new files", 1), "1": ("", 2)}


def test_conditions_of_every_kind_are_said_when_an_outcome_asks_them(world: World) -> None:
    asked = """\
{any: [
      {not: {score: {below: 50}}},
      {all: [{area: {id: a, at_least: 2, on: scale}}, {criterion: {id: b-1, at_least: 3}}]},
      {growth: {since: first_assessment, at_least: 20}},
      {every_criterion: {at_least: 2, among: [a]}},
      {count: {answered: unable_to_verify, no_more_than: 1}}]}"""
    rubric = changed(RUBRIC, ("{score: {at_least: 50}}", asked))
    world.scheme(WORKFLOW, rubric)
    content = text_of(visitor(world.person("methodologist")).get("/schemes/mini/"))
    assert (
        "One of these: not (Overall score below 50%); A at least 2 and B 1 at least 3; Growth since the first"
        " assessment at least 20%; Every criterion (within A) at least 2; Criteria answered “Unable to verify”,"
        " no more than 1"
    ) in content
    arabic = text_of(visitor(world.person("methodologist"), "ar").get("/schemes/mini/"))
    assert (
        "أحد الآتي: ألا يتحقق (النتيجة الكلية أقل من 50%)؛ الحد الأدنى لنتيجة مجال «أ» 2 والحد الأدنى لدرجة معيار"
        " «ب ١» 3؛ الحد الأدنى للنمو منذ التقييم الأول 20%؛ الحد الأدنى لدرجة كل معيار (ضمن أ) 2؛ الحد الأقصى لعدد"
        " المعايير (التي إجابتها «تعذر التحقق») 1"
    ) in arabic


def test_conditions_agree_in_gender_with_what_they_are_about(world: World) -> None:
    """A threshold is called by a noun of its own: no verb has to agree with a title, which may be anything."""
    arabic = text_of(visitor(world.person("methodologist"), "ar").get(SCHEME))
    for words in (
        "الحد الأدنى للنتيجة الكلية 85%",
        "الحد الأدنى لنتيجة كل مجال 70%",
        "ألا يحصل أي معيار على 1 أو أقل",
    ):
        assert words in arabic
    assert "لا يقل عن" not in arabic


def test_pages_cost_the_same_when_there_are_more_files(world: World) -> None:
    client = visitor(world.person("methodologist"))
    few = [queries_for(client, page) for page in ("/schemes/", SCHEME)]
    world.dossier()
    world.dossier("screening")
    assert [queries_for(client, page) for page in ("/schemes/", SCHEME)] == few
    assert max(few) <= 8
