"""Pictures of the sample pages, and what axe finds on them.

    python -m tests.portal.preview.shots [page ...]     pictures go to var/preview/

Each page in Arabic and English, on a phone and a desktop, light and dark.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.portal.preview.settings")

import django

django.setup()

from axe_playwright_python.sync_playwright import Axe  # noqa: E402 -- Django first
from django.core.wsgi import get_wsgi_application  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from tests.portal.preview.samples import SAMPLES  # noqa: E402

TARGET = Path(os.environ.get("PREVIEW_DIR", "var/preview"))
SIZES = {"desktop": (1280, 900), "phone": (390, 844), "narrow": (320, 640)}
FLAGS = [  # as in tests/support/browser.py
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def serve() -> str:
    server = make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def look(browser: Browser, base: str, page_name: str, language: str, size: str, theme: str) -> list[str]:
    """Take the picture; return what is wrong."""
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height}, locale=language)
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
    page.goto(f"{base}/{language}/{page_name}/?theme={theme}")
    page.evaluate("document.fonts.ready")
    if (excess := page.evaluate(OVERFLOW)) > 0:
        wrong.append(f"{excess} px too wide")
    results = Axe().run(page)
    for violation in results.response["violations"]:
        nodes = "; ".join(node["html"][:140] for node in violation["nodes"][:3])
        wrong.append(f"axe {violation['id']} x{len(violation['nodes'])}: {nodes}")
    page.screenshot(path=TARGET / f"{page_name}-{language}-{size}-{theme}.png", full_page=True)
    page.close()
    return [f"{page_name} {language} {size} {theme}: {what}" for what in wrong]


def main(names: list[str]) -> int:
    TARGET.mkdir(parents=True, exist_ok=True)
    base = serve()
    wrong: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS
        )
        for name in names or [name for name in SAMPLES if name != "frame"]:
            for language in ("ar", "en"):
                for size in SIZES:
                    for theme in ("light", "dark"):
                        wrong += look(browser, base, name, language, size, theme)
        browser.close()
    sys.stdout.write("\n".join(wrong or ["nothing wrong"]) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
