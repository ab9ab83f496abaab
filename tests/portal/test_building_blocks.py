"""The building blocks of all pages: their words, their weight, and that they render."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.contrib.auth.models import AnonymousUser
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils.translation.template import templatize

import accreditation_engine
from tests.portal.preview.samples import SAMPLES
from tests.portal.preview.urls import show
from tests.support import programs

PACKAGE = Path(accreditation_engine.__file__).parent
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
PAGES = [each for each in TEMPLATES if each.parent.name != "mail"]
"""What a browser shows under the site's policy. Programs that read mail know no style sheet."""
STATIC = PACKAGE / "portal" / "static" / "portal"
CATALOGUE = PACKAGE / "locale" / "ar" / "LC_MESSAGES" / "django.po"
KEYWORDS = {"gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}
FIRST_PAGE_BYTES = 60_000


def words_of(template: Path) -> set[tuple[str | None, str]]:
    source = io.BytesIO(templatize(template.read_text(encoding="utf-8")).encode())
    found = extract("python", source, keywords=KEYWORDS)
    return {(context, words if isinstance(words, str) else words[0]) for _, words, _, context in found}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_words_are_in_the_arabic_catalogue_when_a_template_uses_them(template: Path) -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    missing = []
    for context, words in words_of(template):
        entry = catalogue.get(words, context)
        forms = [] if entry is None else [entry.string] if isinstance(entry.string, str) else entry.string
        if not forms or not all(forms):
            missing.append(words)
    assert not missing


OPENED_WITHOUT_THE_SITE = {"copy_index.html"}
"""Pages that are handed out as files: no policy of the site holds there, and no style sheet lies beside them."""


@pytest.mark.parametrize("template", PAGES, ids=lambda path: path.name)
def test_template_obeys_the_content_security_policy_when_read(template: Path) -> None:
    source = re.sub(r"{% comment %}.*?{% endcomment %}", "", template.read_text(encoding="utf-8"), flags=re.S)
    if template.name not in OPENED_WITHOUT_THE_SITE:
        assert "<style" not in source
    assert not re.search(r"\sstyle=|\son[a-z]+=|hx-on|javascript:|<script(?![^>]*\ssrc=)", source)


@pytest.mark.parametrize("sheet", sorted(STATIC.glob("*.css")), ids=lambda path: path.name)
def test_style_sheet_knows_no_left_and_right_when_read(sheet: Path) -> None:
    rules = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)
    assert not re.search(r"\b(left|right)\b", rules)
    assert "letter-spacing" not in rules
    assert "italic" not in rules


def test_first_page_is_light_when_opened() -> None:
    weight = sum(file.stat().st_size for file in STATIC.iterdir() if file.suffix in (".css", ".js"))
    assert weight < FIRST_PAGE_BYTES


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("name", [name for name in SAMPLES if name != "frame"])
def test_sample_page_renders_when_asked_for(name: str, language: str) -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    content = show(request, language, name).content.decode()
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in content
    assert "{{" not in content
    assert "{%" not in content


@pytest.mark.parametrize("name", ["403.html", "404.html", "500.html"])
def test_error_page_renders_when_nothing_is_known(name: str) -> None:
    assert "<h1>" in get_template(name).render()


def test_every_part_is_shown_in_the_preview_when_it_exists() -> None:
    pages = Path(__file__).parent / "preview" / "pages"
    sources = [*pages.glob("*.html"), *TEMPLATES]
    used = {
        part
        for source in sources
        for part in re.findall(r'include "portal/parts/(\w+)\.html"', source.read_text(encoding="utf-8"))
    }
    assert {path.stem for path in TEMPLATES if path.parent.name == "parts"} <= used


@pytest.mark.browser
def test_axe_finds_nothing_when_every_part_is_on_one_page(tmp_path: Path) -> None:
    chromium = programs.chromium()
    if chromium is None:
        programs.cannot_run("Chromium is not here")
    told = {
        "CHROMIUM": chromium,
        "PREVIEW_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tests.portal.preview.settings",
    }
    command = [sys.executable, "-m", "tests.portal.preview.shots", "blocks", "sign-in"]
    done = subprocess.run(command, env=os.environ | told, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "nothing wrong", done.stderr
