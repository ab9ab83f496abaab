"""Takes the pictures of the main pages anew, of a demo of its own: `make pictures`.

python -m tests.pictures [name ...]       into docs/pictures/; docs/pages.md shows them
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.browser import ARGUMENTS, DEVICES, LOCALES
from tests.support.programs import chromium
from tests.support.serving import at, free_port, served

TARGET = Path("docs/pictures")
COLOURS = 128  # enough for pages without photographs, and a third of the bytes
LIMIT = 150_000


@dataclass(frozen=True)
class Picture:
    """`way` is the address, or, where it hangs on the demo, `|` and what leads to the next page on each."""

    name: str
    who: str
    way: str
    language: str = "ar"
    device: str = "desktop"
    dark: bool = False


BEGIN = "main a.button-primary"
PICTURES = (
    Picture("home-ar-phone", "amal", "/", device="phone"),
    Picture("answering-ar-phone", "amal", f"/|tbody a|a[href$='/self-assessment/']|{BEGIN}", device="phone"),
    Picture("certified-ar", "applicant", "/files/|tbody a"),
    Picture("season-ar", "coordinator", "/season/"),
    Picture("queue-en-phone", "reviewer3", "/queue/", "en", "phone"),
    Picture("review-en", "reviewer", f"/|tbody a|a[href$='/review/']|{BEGIN}", "en"),
    Picture("file-ar", "panel", "/|tbody a"),
    Picture("trail-en", "auditor", "/files/?q=0008|tbody a|a[href$='/trail/']", "en"),
    Picture("audit-en-dark", "auditor", "/audit/", "en", dark=True),
    Picture("scheme-en", "", "/about/|h3 a", "en"),
    Picture("register-ar-phone", "", "/register/", device="phone"),
)


def main(names: list[str]) -> int:
    """Whether every picture is small enough."""
    wanted = [each for each in PICTURES if not names or each.name in names]
    TARGET.mkdir(parents=True, exist_ok=True)
    large = 0
    with tempfile.TemporaryDirectory(prefix="accreditation-pictures-") as folder:
        for picture, page in _opened(wanted, Path(folder)):
            path = TARGET / f"{picture.name}.png"
            page.screenshot(path=path)
            Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)
            large += path.stat().st_size > LIMIT
            sys.stdout.write(f"{path} {path.stat().st_size:,} bytes\n")
    return int(large > 0)


def _opened(wanted: list[Picture], folder: Path) -> Iterator[tuple[Picture, Page]]:
    port = free_port()
    environment = os.environ | {"VAR_DIR": str(folder), "SITE_URL": at(port, "")}
    environment.pop("DATABASE_URL", None)
    for command in (["collectstatic", "--no-input", "--verbosity=0"], ["migrate", "--verbosity=0"]):
        subprocess.run([sys.executable, "manage.py", *command], env=environment, check=True)
    demo = [sys.executable, "manage.py", "demo", "--no-serve"]
    subprocess.run(demo, env=environment, check=True, stdout=subprocess.DEVNULL)
    password = (folder / "demo" / "password").read_text()
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with (
        served(sys.executable, "accreditation_engine.wsgi:application", port, environment),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS + sandbox)
        for each in wanted:
            yield each, _page_of(browser, at(port, ""), each, password)
        browser.close()


def _page_of(browser: Browser, base: str, picture: Picture, password: str) -> Page:
    page = browser.new_context(
        base_url=base,
        locale=LOCALES[picture.language],
        timezone_id="Africa/Cairo",
        color_scheme="dark" if picture.dark else "light",
        device_scale_factor=2 if picture.device == "phone" else 1,
        **DEVICES[picture.device],  # type: ignore[arg-type]
    ).new_page()
    if picture.who:
        page.goto("/sign-in/")
        page.locator("[name=username]").fill(f"{picture.who}@demo.example")
        page.locator("[name=password]").fill(password)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "sign-in" not in url)
        language = {"name": "django_language", "value": picture.language, "url": base}
        page.context.add_cookies([language])  # type: ignore[list-item]
    address, *links = picture.way.split("|")
    page.goto(address)
    for each in links:
        with page.expect_navigation():
            page.locator(each).first.click()
    page.evaluate("document.fonts.ready")
    return page


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
