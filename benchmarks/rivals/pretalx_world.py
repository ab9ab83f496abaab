"""A conference in pretalx with so many submissions that wait for reviews, for benchmarks.pages.

It runs on the Python of pretalx's own environment, which knows nothing of ours:

    PRETALX_DATA_DIR=... .venv-pretalx/bin/python benchmarks/rivals/pretalx_world.py SUBMISSIONS RESULT.json
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pretalx.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402 -- Django first
from django.utils.timezone import now  # noqa: E402
from django_scopes import scope, scopes_disabled  # noqa: E402
from pretalx import __version__  # noqa: E402
from pretalx.event.models import Event, Team  # noqa: E402
from pretalx.event.utils import create_organiser_with_team  # noqa: E402
from pretalx.person.models import SpeakerProfile, User  # noqa: E402
from pretalx.submission.models import Review, Submission  # noqa: E402

REVIEWER, PASSWORD = "reviewer@bench.example", "a good password"
WORDS = (
    "An association in Cairo tells what it has learnt of governance, finance and working with people. " * 4
)


def main(submissions: int, result: Path) -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    event = _event()
    with scope(event=event):
        reviewer = _reviewers(event)
        made = [_submission(event, number) for number in range(submissions)]
        for number, each in enumerate(made):
            if number % 3:
                Review.objects.create(submission=each, user=reviewer, text=WORDS)
        open_to_review = made[0].code
    base = f"/orga/event/{event.slug}"
    pages = {
        "review dashboard": f"{base}/reviews/",
        "review page": f"{base}/submissions/{open_to_review}/reviews/",
    }
    found = {"version": __version__, "submissions": submissions, "email": REVIEWER, "password": PASSWORD}
    result.write_text(json.dumps(found | {"pages": pages}))


def _event() -> Event:
    organiser, _team = create_organiser_with_team(name="Bench", slug="benchorg", users=[])
    begins = now() + dt.timedelta(days=60)
    with scopes_disabled():
        event = Event.objects.create(
            name="Bench",
            slug="bench",
            organiser=organiser,
            is_public=True,
            date_from=begins.date(),
            date_to=begins.date() + dt.timedelta(days=2),
            timezone="Africa/Cairo",
            email="bench@bench.example",
            locale_array="en",
            locale="en",
        )
    with scope(event=event):
        event.build_initial_data()
        event.cfp.deadline = now() - dt.timedelta(days=1)
        event.cfp.save()
        event.update_review_phase()
    return event


def _reviewers(event: Event) -> User:
    person = User.objects.create_user(email=REVIEWER, password=PASSWORD, name="Reviewer", locale="en")
    team = Team.objects.create(organiser=event.organiser, name="Reviewers", is_reviewer=True)
    team.limit_events.add(event)
    team.members.add(person)
    return person


def _submission(event: Event, number: int) -> Submission:
    speaker = User.objects.create_user(email=f"speaker{number}@bench.example", name=f"Speaker {number}")
    SpeakerProfile.objects.create(user=speaker, event=event, biography=WORDS)
    kinds = list(event.submission_types.all())
    made = Submission.objects.create(
        event=event,
        title=f"Association number {number}",
        submission_type=random.choice(kinds),  # noqa: S311
        abstract=WORDS,
        description=WORDS * 3,
        content_locale="en",
    )
    made.speakers.add(speaker)
    return made


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
