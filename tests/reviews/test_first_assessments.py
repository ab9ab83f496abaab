"""Growth since an organisation's first assessment, in its files from end to end."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accreditation_engine.certificates.models import Certificate
from accreditation_engine.dossiers.domain import open_dossier
from accreditation_engine.dossiers.guards import digest_of
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.perform import perform, perform_many
from accreditation_engine.engine.reasons import Refused
from accreditation_engine.engine.verification import verify_all
from accreditation_engine.organisations.models import Organisation
from accreditation_engine.reviews.first_assessments import first_assessments
from accreditation_engine.reviews.judged import judged_of, sheets_of
from accreditation_engine.reviews.models import Rating
from accreditation_engine.reviews.past_comparison import past_comparison
from accreditation_engine.reviews.past_ratings import Past, past_ratings
from accreditation_engine.scoring.what_if import the_threshold, with_threshold
from accreditation_engine.trail.models import Event
from tests.portal.visitor import text_of, visitor
from tests.support.small import ASKED, RUBRIC, WORKFLOW, ask, fill
from tests.support.world import World, changed

GROWTH = "growth: {since: first_assessment, at_least: 20}"
GROWING = changed(RUBRIC, ("when: {score: {at_least: 90}}", f"when: {{{GROWTH}}}"))
"""Gold for a fifth more than the first time: 2 of 4 has to become 2.4."""
WANTED = "outcome: {rubric: mini, at_least: gold}"
TWOS, A_LITTLE_MORE, THREES = ("2", "2", "2"), ("2", "3", "2"), ("3", "3", "3")


def open_scheme(world: World, *, name: str = "mini", asked: str = WANTED, rubric: str = GROWING) -> None:
    world.scheme(changed(WORKFLOW, ("workflow: mini", f"workflow: {name}"), (ASKED, asked)), rubric)


def reviewed(world: World, of: Organisation, *reviews: tuple[str, ...], scheme: str = "mini") -> Dossier:
    """A file in `deciding` on which reviewers have given `reviews`."""
    file = open_dossier(organisation=of, scheme=scheme, by=world.applicant)
    for number, values in enumerate(reviews):
        reviewer = world.person("reviewer", number)
        fill(ask(world, file, reviewer), *values)
        perform(file, "send_review", reviewer)
    world.perform(file, "close")
    return file


def denied(world: World, of: Organisation, *reviews: tuple[str, ...]) -> Dossier:
    """One that has ended, so that another may be opened."""
    file = reviewed(world, of, *reviews)
    for number in range(3):
        perform(file, "vote", world.person("panel", number), data={"choice": "deny"})
    world.perform(file, "deny")
    return file


def refusal(world: World, file: Dossier) -> Any:
    with pytest.raises(Refused) as refused:
        world.perform(file, "grant")
    (reason,) = refused.value.reasons
    return reason


def in_words(reason: Any, language: str) -> str:
    """Without the isolates that numbers and names stand in."""
    with translation.override(language):
        return str(reason).translate(dict.fromkeys(range(0x2066, 0x206A)))


def judged_in(file: Dossier) -> dict[str, Any]:
    event = Event.objects.get(stream=file.pk, transition="grant", kind="transition")
    judged: dict[str, Any] = event.data["judged"]
    return judged


def test_growth_is_refused_when_the_organisation_was_never_assessed_before(world: World) -> None:
    open_scheme(world)
    reason = refusal(world, reviewed(world, world.organisation(), THREES))
    assert "There is no first assessment to measure growth from" in in_words(reason, "en")
    assert "لا يوجد تقييم أول يقاس عليه النمو" in in_words(reason, "ar")


def test_growth_is_refused_when_it_is_too_little(world: World) -> None:
    open_scheme(world)
    organisation = world.organisation()
    denied(world, organisation, TWOS)
    reason = refusal(world, reviewed(world, organisation, A_LITTLE_MORE))
    assert in_words(reason, "en") == (
        "Mini: the outcome is “Plain”; “Gold” at least is asked for."
        " Growth since the first assessment 12.50 %, Gold asks for at least 20 %."
    )
    assert "النمو منذ التقييم الأول 12.50%" in in_words(reason, "ar")


def test_growth_lets_the_step_be_taken_when_it_is_enough(world: World) -> None:
    open_scheme(world)
    organisation = world.organisation()
    first = denied(world, organisation, TWOS)
    file = reviewed(world, organisation, THREES)
    world.perform(file, "grant")
    sheet = sheets_of(file)["mini"]
    assert (file.state, sheet.outcome) == ("granted", "gold")
    assert Certificate.objects.get(dossier=file).outcome == "gold"
    given = Rating.objects.filter(assignment__dossier=first)
    assert judged_in(file)["sheet:mini"]["digest"] == sheet.digest()
    assert judged_in(file)["first:mini"] == {
        "dossier": str(first.pk),
        "edition": first.edition_id,
        "ratings": digest_of(given.values("assignment_id", "rubric", "criterion", "value")),
        "digest": sheets_of(first)["mini"].digest(),
    }
    assert not list(verify_all())


def test_a_condition_of_the_workflow_counts_growth_too(world: World) -> None:
    open_scheme(world, asked=GROWTH, rubric=RUBRIC)
    organisation = world.organisation()
    assert refusal(world, reviewed(world, world.organisation(), THREES)).code == "condition_unmet"
    first = denied(world, organisation, TWOS)
    file = reviewed(world, organisation, THREES)
    world.perform(file, "grant")
    assert judged_in(file)["first:mini"]["dossier"] == str(first.pk)


def test_nothing_of_a_first_assessment_is_kept_when_no_growth_is_asked_for(world: World) -> None:
    open_scheme(world, rubric=RUBRIC)
    organisation = world.organisation()
    denied(world, organisation, TWOS)
    file = reviewed(world, organisation, ("4", "4", "4"))
    world.perform(file, "grant")
    assert "first:mini" not in judged_in(file)
    assert judged_of(file)["mini"].first is None


def first_of(file: Dossier) -> Any:
    found = first_assessments([file.pk], "mini").get(file.pk)
    return found and found.dossier


def test_the_earliest_file_counts_not_the_latest(world: World) -> None:
    open_scheme(world)
    organisation = world.organisation()
    first, second = (denied(world, organisation, values) for values in (TWOS, THREES))
    file = reviewed(world, organisation, THREES)
    assert [first_of(each) for each in (file, second, first)] == [first.pk, first.pk, None]


def test_the_files_of_others_do_not_count(world: World) -> None:
    open_scheme(world)
    denied(world, world.organisation(), TWOS)
    assert first_of(reviewed(world, world.organisation(), THREES)) is None


def test_a_file_under_another_scheme_counts_when_its_rubric_is_the_same(world: World) -> None:
    organisation = world.organisation()
    open_scheme(world, name="other")
    open_scheme(world)
    first = reviewed(world, organisation, TWOS, scheme="other")
    world.perform(reviewed(world, organisation, THREES), "grant")
    assert first_of(Dossier.objects.get(scheme="mini")) == first.pk


def test_a_file_of_which_a_review_is_still_out_does_not_count(world: World) -> None:
    organisation = world.organisation()
    open_scheme(world, name="other")
    open_scheme(world)
    earlier = reviewed(world, organisation, TWOS, scheme="other")
    file = reviewed(world, organisation, THREES)
    world.perform(earlier, "reopen")
    ask(world, earlier, world.person("reviewer", 1))
    assert first_of(file) is None


def test_the_first_assessment_is_scored_under_its_own_edition(world: World) -> None:
    open_scheme(world)
    organisation = world.organisation()
    first = denied(world, organisation, ("1", "1", "3"))  # 2 of 4
    heavier = changed(
        GROWING,
        ('edition: "1"', 'edition: "2"'),
        ("title: {ar: ب, en: B}", "title: {ar: ب, en: B}\n    weight: 3"),
    )
    open_scheme(world, rubric=heavier)
    file = reviewed(world, organisation, ("1", "1", "3"))  # 2.5 of 4 now, and a quarter more than it was
    found = judged_of(file)["mini"]
    assert (found.first and found.first.sheet) == sheets_of(first)["mini"]
    assert found.sheet.outcome == "gold"


def test_growth_is_refused_when_the_first_assessment_was_scored_in_another_unit(world: World) -> None:
    open_scheme(world)
    organisation = world.organisation()
    denied(world, organisation, TWOS)
    wider = changed(GROWING, ('edition: "1"', 'edition: "2"'), ("maximum: 4", "maximum: 10"))
    open_scheme(world, rubric=wider)
    reason = refusal(world, reviewed(world, organisation, ("9", "9", "9")))
    assert "The first assessment was scored in another unit" in in_words(reason, "en")
    assert "بوحدة قياس أخرى" in in_words(reason, "ar")


@pytest.mark.parametrize("count", [1, 4])
def test_growth_costs_no_statement_when_many_are_judged(world: World, count: int) -> None:
    open_scheme(world)
    some = [world.organisation() for _ in range(count)]
    for each in some:
        denied(world, each, TWOS)
    files = [reviewed(world, each, THREES) for each in some]
    behind = reviewed(world, world.organisation(), THREES)
    with CaptureQueriesContext(connection) as captured:
        result = perform_many([*files, behind], "grant", world.person("panel"))
    assert (set(result.events), set(result.refused)) == ({each.pk for each in files}, {behind.pk})
    sent = [each["sql"] for each in captured if not each["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE"))]
    state = next(number for number, sql in enumerate(sent, 1) if 'UPDATE "dossiers_dossier"' in sql)
    assert state == 4  # lock, load, events, states
    assert (
        sum("organisation_id" in sql and "reviews_rating" in sql for sql in sent) == 2
    )  # judged, and certified


def test_what_if_counts_growth_from_the_stored_first_assessments(world: World) -> None:
    open_scheme(world)
    organisation = world.organisation()
    first = denied(world, organisation, TWOS)
    little, enough = denied(world, organisation, A_LITTLE_MORE), reviewed(world, organisation, THREES)
    past = past_ratings("mini", "1")
    easier = with_threshold(past.rubric, the_threshold(past.rubric, "gold.growth"), Decimal(10))
    found = past_comparison(past, easier)
    outcomes = {name: found.before.outcome(row) for row, name in enumerate(found.before.matrix.dossiers)}
    assert outcomes == {first.number: "plain", little.number: "plain", enough.number: "gold"}
    assert [(each.dossier, each.before, each.after) for each in found.changes] == [
        (little.number, "plain", "gold")
    ]
    (why,) = found.why(found.changes[0]).before
    assert (why.code, why.parameters["value"]) == ("growth", "12.50")


def test_what_if_asks_for_first_assessments_only_when_growth_counts(
    world: World, django_assert_num_queries: Any
) -> None:
    open_scheme(world)
    reviewed(world, world.organisation(), THREES)
    past = past_ratings("mini", "1")
    with django_assert_num_queries(2):
        past_comparison(past, past.rubric)
    plain = Past(
        past.hash, past.rubric.model_copy(update={"outcomes": past.rubric.outcomes[1:]}), past.ratings
    )
    with django_assert_num_queries(0):
        past_comparison(plain, plain.rubric)


def test_what_if_tells_growth_on_the_page_as_the_command_does(world: World) -> None:
    open_scheme(world)
    organisation = world.organisation()
    denied(world, organisation, TWOS)
    denied(world, organisation, A_LITTLE_MORE)
    page = visitor(world.person("methodologist")).get(
        "/schemes/mini/what-if/", {"threshold-gold.growth": "10"}
    )
    assert [(each["before"], each["after"]) for each in page.context["changes"]] == [("Plain", "Gold")]
    assert "Growth since the first assessment 12.50 %" in text_of(page)
