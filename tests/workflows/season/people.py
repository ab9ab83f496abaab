"""Who takes part, what ties them to each other, and the clock that all look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils import timezone
from time_machine import Traveller

from accreditation_engine.demo.autopilot import Play, play
from accreditation_engine.dossiers.domain import open_dossier
from accreditation_engine.dossiers.models import Dossier
from accreditation_engine.engine.acting import SYSTEM
from accreditation_engine.engine.jobs.periodic import run_due
from accreditation_engine.engine.perform import perform_many
from accreditation_engine.organisations.domain import end_engagement, engage, grant_role, join, leave
from accreditation_engine.organisations.models import Organisation, User
from accreditation_engine.organisations.registering import register_organisations
from accreditation_engine.organisations.sectors import Sector
from accreditation_engine.reviews.allocation.profiles import change_profile, say_leave
from accreditation_engine.reviews.interests.naming import name_tie
from tests.support.world import World

from . import plan

HERE = Path(__file__).parent
SCHEME = "season"
SAID = "لأسباب الموسم"


@dataclass
class Season:
    """`files` and `applicants` are in the order of the organisations; `tied` holds by organisation whoever the
    system itself knows to have an interest."""

    world: World
    clock: Traveller
    coordinator: User
    reviewers: Sequence[User]
    panel: Sequence[User]
    appeals: Sequence[User]
    files: list[Dossier] = field(default_factory=list)
    applicants: list[User] = field(default_factory=list)
    tied: dict[UUID, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    upheld: set[UUID] = field(default_factory=set)

    def wait(self, **units: float) -> None:
        self.until(timezone.now() + timedelta(**units))

    def until(self, moment: datetime) -> None:
        """The worker has its turn then, and once more right afterwards."""
        self.clock.move_to(max(moment, timezone.now()))
        for name, error in (*run_due(), *run_due()):
            assert not error, f"{name}: {error}"
        self.look()

    def look(self) -> None:
        """At the files as they stand now."""
        for each in self.files:
            each.refresh_from_db()

    def number(self, file: Dossier) -> int:
        return self.files.index(file)

    def those(self, *numbers: int) -> list[Dossier]:
        return [self.files[each] for each in numbers]

    def standing_in(self, state: str, *, but: Iterable[int] = ()) -> list[Dossier]:
        left_out = set(but)
        return [
            file for number, file in enumerate(self.files) if file.state == state and number not in left_out
        ]


def all_taken(subjects: Collection[Any], step: str, by: User, **more: Any) -> None:
    """Take all through `step`; none is refused it."""
    result = perform_many(list(subjects), step, by, **more)
    assert not result.refused, (step, [[each.code for each in why] for why in result.refused.values()])


def new_season(world: World, clock: Traveller) -> Season:
    """It opens on a Sunday morning: forty organisations have filled in their self-assessment."""
    today = timezone.localdate()
    sunday = today + timedelta(days=7 - (today.weekday() + 1) % 7)
    clock.move_to(timezone.make_aware(datetime.combine(sunday, time(9))))
    world.scheme((HERE / "scheme.yaml").read_text(), (HERE / "rubric.yaml").read_text())
    season = _gathered(world, clock)
    _profiles(season)
    for number, organisation in enumerate(_organisations()):
        applicant = world.new_person(f"applicant-{number}")
        join(organisation=organisation, user=applicant, by=SYSTEM)
        season.applicants.append(applicant)
        season.files.append(open_dossier(organisation=organisation, scheme=SCHEME, by=applicant))
        _ties(season, number, organisation)
    season.clock.move_to(timezone.now() + timedelta(days=1))
    reviewer = season.reviewers[(plan.TIE_NAMED + 1) % 10]
    name_tie(
        dossier=season.files[plan.TIE_NAMED],
        name=reviewer.name,
        kind="business",
        reason=SAID,
        by=season.applicants[plan.TIE_NAMED],
    )
    return season


def submit(season: Season, number: int) -> None:
    """Fill in the self-assessment and send it in, as whoever plays a file does."""
    file = season.files[number]
    case = Play(file, season.world.cast, season.applicants[number], plan.ratings(number), {}, SAID)
    list(play(case, until="screening"))


def _gathered(world: World, clock: Traveller) -> Season:
    """One person reviews and sits on the panel; one sits on the panel and hears appeals. The first of the panel
    is in the chair."""
    people = world.cast.people
    missing = plan.REVIEWERS - len(people["reviewer"]) - 1
    twofold = world.new_person("twofold", "reviewer", "panel")
    reviewers = [twofold, *people["reviewer"]]
    reviewers += [world.new_person(f"reviewer-more-{number}", "reviewer") for number in range(missing)]
    panel = [*people["panel"], world.new_person("panel-more", "panel"), twofold]
    grant_role(user=panel[1], role="appeal_panel", by=SYSTEM)
    assert (len(reviewers), len(panel)) == (plan.REVIEWERS, plan.PANEL)
    return Season(world, clock, people["coordinator"][0], reviewers, panel, people["appeal_panel"][:2])


def _profiles(season: Season) -> None:
    for number, reviewer in enumerate(season.reviewers):
        most = plan.MOST.get(number, plan.USUAL_MOST)
        change_profile(reviewer=reviewer, by=season.coordinator, most=most, senior=number % 2 == 0)
    away, health = season.reviewers[plan.AWAY], season.reviewers[plan.ONE_SECTOR]
    today = timezone.localdate()
    say_leave(reviewer=away, begins_on=today, ends_on=today + timedelta(days=20), by=away)
    change_profile(reviewer=health, by=health, sectors=["health"])


def _organisations() -> list[Organisation]:
    sectors = (Sector.EDUCATION, Sector.HEALTH, Sector.SOCIAL, Sector.DEVELOPMENT)
    return register_organisations(
        [
            Organisation(
                name_ar=f"جمعية الموسم {number}",
                name_en=f"Season association {number}",
                registration_number=f"SEASON-{number:03d}",
                sector=sectors[number % len(sectors)],
                language="ar",
            )
            for number in range(plan.ORGANISATIONS)
        ],
        by=SYSTEM,
    )


def _ties(season: Season, number: int, organisation: Organisation) -> None:
    """A member and a former member among the reviewers, and a coach on the panel."""
    member, former = (season.reviewers[(number * 5 + step) % plan.REVIEWERS] for step in (0, 3))
    coach = season.panel[number % plan.PANEL]
    join(organisation=organisation, user=member, by=SYSTEM)
    leave(membership=join(organisation=organisation, user=former, by=SYSTEM), by=SYSTEM)
    today = timezone.localdate()
    work = engage(coach=coach, organisation=organisation, began_on=today - timedelta(days=500), by=SYSTEM)
    if number % 2:
        end_engagement(engagement=work, ended_on=today - timedelta(days=100), by=SYSTEM)
    season.tied[organisation.pk] |= {member.pk, former.pk, coach.pk}
