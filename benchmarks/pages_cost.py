"""What every page costs that somebody of the demo can reach by following links.

python -m benchmarks.pages_cost ROUNDS RESULT.json
"""

from __future__ import annotations

import gc
import json
import re
import sys
import time
from collections import Counter, deque
from dataclasses import asdict, dataclass
from html import unescape
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import django

WHO = {
    "nobody": "",
    "applicant, certified": "applicant",
    "applicant, draft": "amal",
    "applicant, in review": "bahr",
    "applicant, refused": "zad",
    "coordinator": "coordinator",
    "reviewer": "reviewer",
    "panel": "panel",
    "appeal panel": "appeals",
    "coach": "coach",
    "methodologist": "methodologist",
    "auditor": "auditor",
    "administrator": "administrator",
}
"""The people of the demo, by what they are, and the first part of their addresses."""
SAMPLES = 4
"""So many addresses of one page are asked for: a file looks different in each state."""
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#]+)')
HTML = "text/html"


@dataclass(frozen=True)
class Cost:
    """What one address cost one person: milliseconds of this process on a core (the median), and queries."""

    page: str
    who: str
    address: str
    cpu_ms: float
    queries: int
    kilobytes: float


def main(rounds: int, result: Path) -> None:
    django.setup()
    result.write_text(json.dumps([asdict(each) for each in costs(rounds)]))


def costs(rounds: int) -> list[Cost]:
    """Of every page, for everybody who reaches it."""
    from django.conf import settings
    from django.test import Client

    from accreditation_engine.organisations.models import User

    settings.ALLOWED_HOSTS = ["testserver"]
    found = []
    for who, address in WHO.items():
        client = Client(headers={"accept-language": "ar"})
        if address:
            client.force_login(User.objects.get(email=f"{address}@demo.example"))
        pages = list(_reached(client))
        gc.collect()
        gc.freeze()
        found += [_cost(client, page, who, each, rounds) for page, each in pages]
    return found


def _reached(client: Any) -> Any:
    """Every page that links lead to, from home and from what the public is shown: its name, and its address."""
    from django.urls import Resolver404, resolve

    waiting, known, taken = deque(["/", "/register/", "/about/"]), set(), Counter[Any]()
    while waiting:
        address = waiting.popleft()
        try:
            name = resolve(urlsplit(address).path).url_name
        except Resolver404:
            continue
        kind = (name, *sorted(parse_qs(urlsplit(address).query)))
        if address in known or taken[kind] >= SAMPLES:
            continue
        known.add(address)
        answer = client.get(address)
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith(HTML):
            answer.close()
            continue
        taken[kind] += 1
        yield name, address
        waiting += [
            urljoin(address, unescape(each))
            for each in LINK.findall(answer.content.decode())
            if not urlsplit(unescape(each)).scheme
        ]


def _cost(client: Any, page: str, who: str, address: str, rounds: int) -> Cost:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    queries = len(captured)  # the next request forgets them
    spent = []
    for _round in range(rounds):
        before = time.process_time()
        client.get(address)
        spent.append(time.process_time() - before)
    kilobytes = round(len(answer.content) / 1024, 1)
    return Cost(page, who, address, round(1000 * median(spent), 1), queries, kilobytes)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
