"""From a comment in the trail of a file to the page on which administrators erase it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from accreditation_engine.engine.erasures import comment_key
from accreditation_engine.organisations.erasing import ERASER
from accreditation_engine.portal.dossier.reader import Reader
from accreditation_engine.trail.queries import Told


def with_erase_links(
    reader: Reader, said: Sequence[Told], entries: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """`entries` for parts/timeline.html, those with a comment before an administrator with the way to erase it."""
    if not reader.plays(ERASER):
        return list(entries)
    page = reverse("erase_in_file", args=[reader.dossier.pk])
    return [
        {
            **entry,
            "erase_url": f"{page}?{urlencode({'chosen': comment_key(each.event.stream, each.event.seq)})}",
        }
        if entry["comment"]
        else entry
        for each, entry in zip(said, entries, strict=True)
    ]
