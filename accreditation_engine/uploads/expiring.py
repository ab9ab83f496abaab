"""What was begun and is not waited for any more."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from accreditation_engine.engine.jobs.periodic import periodic

from .arriving import FOLDER, forget, remove_stored
from .models import Arriving


@periodic("unfinished uploads", every=timedelta(hours=1))
def forget_expired() -> None:
    for each in Arriving.objects.filter(expires_at__lte=timezone.now()).iterator():
        forget(each)
    _remove_left_behind()


def _remove_left_behind() -> None:
    """Pieces of files that nobody knows: whoever removed them was stopped before all were gone."""
    try:
        folders = set(default_storage.listdir(FOLDER)[0])
    except FileNotFoundError:
        return
    known = {str(pk) for pk in Arriving.objects.values_list("pk", flat=True)}
    for name in folders - known:
        remove_stored(Arriving(pk=name))
