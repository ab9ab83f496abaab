"""A browser for tests: `open_page(language=..., device=...)` gives a Playwright page on the live server, `press`
follows a link or a button, `nothing_wrong` looks at the page."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http import HTTPStatus

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.support import programs

LOCALES = {"ar": "ar-EG", "en": "en-GB"}
DEVICES = {
    "desktop": {"viewport": {"width": 1280, "height": 800}},
    "phone": {"viewport": {"width": 375, "height": 667}, "has_touch": True, "is_mobile": True},
}
# It shall talk to nobody but the live server, and needs no graphics card.
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

PARTS_OF_A_PAGE = {"stylesheet", "script", "image", "font"}

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = programs.chromium()
    if chromium is None:
        programs.cannot_run("Chromium is not here")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's sandbox refuses root
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's event loop lives in this thread, so that Django believes that a test's queries would
        # block it. They may: only the test itself waits for it.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS + sandbox)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """Each call is a new visitor. Afterwards no page may have had a script error, met the content security
    policy, lacked a file it needs, or asked another host for anything."""
    complaints: list[str] = []

    def on_request(request: Request) -> None:
        if not request.url.startswith((live_server.url, "data:", "blob:", "about:")):
            complaints.append(f"asked another host: {request.url}")

    def on_response(response: Response) -> None:
        if response.status >= HTTPStatus.BAD_REQUEST and response.request.resource_type in PARTS_OF_A_PAGE:
            complaints.append(f"{response.status} for {response.url}")

    def on_console(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    with ExitStack() as contexts:

        def open_page(*, language: str = "ar", device: str = "desktop") -> Page:
            context = browser.new_context(
                base_url=live_server.url,
                locale=LOCALES[language],
                timezone_id="Africa/Cairo",
                **DEVICES[device],
            )
            contexts.callback(context.close)
            context.set_default_timeout(10_000)
            context.on("request", on_request)
            context.on("response", on_response)
            context.on("console", on_console)
            context.on("weberror", lambda error: complaints.append(str(error.error)))
            return context.new_page()

        yield open_page
    assert not complaints


def press(what: Locator) -> None:
    """Click it and wait for the page it leads to: a click by itself does not wait."""
    with what.page.expect_navigation():
        what.click()


def nothing_wrong(page: Page) -> None:
    """Axe finds nothing on the page that is open, and it is no wider than its window."""
    found = Axe().run(page).response["violations"]
    assert not found, f"{page.url}: {[(each['id'], each['nodes'][0]['html']) for each in found]}"
    assert page.evaluate(TOO_WIDE) <= 0, f"{page.url} is too wide"
