"""What a page costs who opens it, in Chromium: once with nothing kept from before, and once more."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support.browser import ARGUMENTS
from tests.support.programs import chromium

PHONE = {"width": 390, "height": 844}
COLD_LOADS, ASKED = 3, 15
WATCH = """
window.seen = {shift: 0, painted: 0};
new PerformanceObserver(list => { for (const each of list.getEntries())
    if (!each.hadRecentInput) window.seen.shift += each.value;
}).observe({type: "layout-shift", buffered: true});
new PerformanceObserver(list => { for (const each of list.getEntries()) window.seen.painted = each.startTime;
}).observe({type: "largest-contentful-paint", buffered: true});
"""
STYLE_AND_SCRIPT = {"Stylesheet", "Script"}
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Load:
    """What one load took: requests, bytes on the wire, how far things moved (layout shift), and when the largest
    part was there (milliseconds)."""

    kinds: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, float] = field(default_factory=dict)
    shift: float = 0
    painted: float = 0

    def as_json(self) -> dict[str, float]:
        code = sum(size for each, size in self.sizes.items() if self.kinds.get(each) in STYLE_AND_SCRIPT)
        return {
            "requests": len(self.sizes),
            "bytes": sum(self.sizes.values()),
            "style_and_script_bytes": code,
            "shift": round(self.shift, 3),
            "painted_ms": round(self.painted),
        }


@contextmanager
def browsing() -> Iterator[Browser]:
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's sandbox refuses root
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS + sandbox)
        yield browser
        browser.close()


def signed_in(browser: Browser, address: str, fields: dict[str, str]) -> Any:
    """What the browser keeps of somebody who signed in there: `fields` are filled in by their names."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    for name, value in fields.items():
        page.locator(f"[name={name}]").fill(value)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != address)
    kept = context.storage_state()
    context.close()
    return kept


def measured(browser: Browser, address: str, kept: Any, server: int, language: str) -> dict[str, Any]:
    """Of one page on a phone; `server` is the process that serves it."""
    cold, warm = [], []
    for _load in range(COLD_LOADS):
        context = browser.new_context(storage_state=kept, locale=language, viewport=PHONE)  # type: ignore[arg-type]
        context.add_init_script(WATCH)
        page = context.new_page()
        cold.append(_load_of(page, address))
        warm.append(_load_of(page, address))
        context.close()
    context = browser.new_context(storage_state=kept, locale=language)
    found = {"cold": _middle(cold), "warm": _middle(warm), **_served(context, address, server)}
    context.close()
    return found


def _load_of(page: Page, address: str) -> Load:
    load, wire = Load(), page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.responseReceived", lambda said: load.kinds.update({said["requestId"]: said["type"]}))
    wire.on(
        "Network.loadingFinished",
        lambda said: load.sizes.update({said["requestId"]: said["encodedDataLength"]}),
    )
    answer = page.goto(address, wait_until="load")
    assert answer is not None
    assert answer.status == 200, f"{answer.status} for {address}"
    page.wait_for_load_state("networkidle")
    seen = page.evaluate("window.seen")
    load.shift, load.painted = seen["shift"], seen["painted"]
    wire.detach()
    return load


def _middle(loads: list[Load]) -> dict[str, float]:
    every = [each.as_json() for each in loads]
    return {name: median(each[name] for each in every) for name in every[0]}


def _served(context: BrowserContext, address: str, server: int) -> dict[str, float]:
    """How long the server took for the page alone: on the clock, and on a core."""
    context.request.get(address)
    before, times = cpu_seconds(server), []
    for _time in range(ASKED):
        started = time.perf_counter()
        context.request.get(address)
        times.append(time.perf_counter() - started)
    spent = (cpu_seconds(server) - before) / ASKED
    return {"answered_ms": round(1000 * median(times), 1), "server_cpu_ms": round(1000 * spent, 1)}


def cpu_seconds(process: int) -> float:
    """Seconds on a core that a process and those it started have spent so far."""
    parents, spent = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, rest = int(stat.parent.name), stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        parents[number], spent[number] = int(rest[1]), int(rest[11]) + int(rest[12])
    ours = {process}
    while more := {each for each, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(spent[each] for each in ours) / TICKS
