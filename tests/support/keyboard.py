"""A page in a browser without a mouse: the tab key leads everywhere."""

from __future__ import annotations

from playwright.sync_api import FilePayload, Page
from playwright.sync_api import TimeoutError as NothingOpened

TABS = 80
"""More than any of the pages that are gone through has places to stop at."""


def tab_to(page: Page, place: str) -> None:
    """Press the tab key until what `place` selects has the focus."""
    for _step in range(TABS):
        page.keyboard.press("Tab")
        if page.evaluate("place => document.activeElement.matches(place)", place):
            return
    raise AssertionError(f"the tab key does not lead to {place} on {page.url}")


def type_into(page: Page, **typed: str) -> None:
    for name, text in typed.items():
        tab_to(page, f"[name={name}]")
        page.keyboard.type(text)


def press(page: Page, place: str = "main button") -> None:
    """Go to a link or a button, and follow it."""
    tab_to(page, place)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose_file(page: Page, place: str, file: FilePayload) -> None:
    """Once more where nothing opened: a busy browser may hear of the key before it hears that its dialog is waited
    for. The page itself leaves the field alone (tests/portal/ngo/test_answering_in_a_browser.py)."""
    for patience in (4_000, 20_000):
        tab_to(page, place)
        try:
            with page.expect_file_chooser(timeout=patience) as chosen:
                page.evaluate("0")  # answered once it has heard
                page.keyboard.press("Space")
        except NothingOpened:
            continue
        chosen.value.set_files(file)
        return
    raise AssertionError(f"no file can be chosen at {place}")
