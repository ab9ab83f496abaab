"""Answers that nobody will ask for again. Apart from `repeated`, which loads the framework of the API: a worker
forgets them and needs none of it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from accreditation_engine.engine.jobs.periodic import periodic

from .models import KeptAnswer

KEPT = timedelta(days=2)


@periodic("forget answers of the API", every=timedelta(hours=1))
def forget_answers() -> None:
    KeptAnswer.objects.filter(began_at__lt=timezone.now() - KEPT).delete()
