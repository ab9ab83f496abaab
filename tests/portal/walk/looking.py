"""What is looked at on one page: at the width of a desktop, of a phone, and at the narrowest."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

from axe_playwright_python.sync_playwright import DEFAULT_OPTIONS, Axe
from playwright.sync_api import ConsoleMessage, Page, Response

from tests.support.browser import TOO_WIDE

DIRECTIONS = {"ar": "rtl", "en": "ltr"}
DESKTOP, PHONE, NARROWEST = (1280, 800), (390, 844), (320, 640)
FACTS = """() => ({
    lang: document.documentElement.lang,
    dir: getComputedStyle(document.documentElement).direction,
    headings: document.querySelectorAll("h1").length,
    unnamed: [...document.images].filter(each => !each.hasAttribute("alt")).map(each => each.outerHTML),
})"""


class Onlooker:
    """Somebody's page, and what went wrong on it: `look` says it of one address after the other."""

    def __init__(self, page: Page, language: str) -> None:
        self.page, self.language = page, language
        self._wrong: list[str] = []
        page.on("console", self._heard)
        page.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._wrong.append(f"console: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.status >= HTTPStatus.BAD_REQUEST:
            self._wrong.append(f"{response.status} for {response.url}")

    def look(self, address: str) -> list[str]:
        """Open it once and look at it at every width."""
        self._wrong.clear()
        self._resize(DESKTOP)
        self.page.goto(address)
        self.page.evaluate(Axe().axe_script)
        self._wrong += self._facts()
        for size in (DESKTOP, PHONE):
            self._resize(size)
            self._wrong += [*self._too_wide(size), *self._axe(size)]
        self._resize(NARROWEST)
        self._wrong += self._too_wide(NARROWEST)
        return list(self._wrong)

    def _resize(self, size: tuple[int, int]) -> None:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})

    def _facts(self) -> Iterator[str]:
        seen = self.page.evaluate(FACTS)
        if (seen["lang"], seen["dir"]) != (self.language, DIRECTIONS[self.language]):
            yield f"is in {seen['lang']}, {seen['dir']}"
        if seen["headings"] != 1:
            yield f"{seen['headings']} headings of the first level"
        yield from (f"an image without alt: {each}" for each in seen["unnamed"])

    def _too_wide(self, size: tuple[int, int]) -> Iterator[str]:
        excess = self.page.evaluate(TOO_WIDE)
        if excess > 0:
            yield f"{excess} px too wide at {size[0]}"

    def _axe(self, size: tuple[int, int]) -> Iterator[str]:
        found = self.page.evaluate("options => axe.run(options)", DEFAULT_OPTIONS)["violations"]
        for each in found:
            places = [node["html"][:160] for node in each["nodes"][:2]]
            yield f"axe at {size[0]}: {each['id']}, {len(each['nodes'])} times: {places}"
