"""The texts of a framework library: in several languages, several to a requirement, and at times very long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .drafts import Texts, clean

Plain = Mapping[str, Any]
LONGEST_TITLE = 160
"""Characters. A requirement without a name has only its description, which may fill a page."""
_SENTENCE = re.compile(r"(.{20,}?[.!?؟。])\s")


@dataclass(frozen=True)
class LibraryTexts:
    """`locale` is the language in which the library itself is written."""

    locale: str

    def of(self, node: Plain, key: str) -> Texts:
        """One of a node's texts in all languages it has, empty ones left out."""
        translations = node.get("translations")
        translated = translations if isinstance(translations, dict) else {}
        found = {self.locale[:2]: clean(node.get(key))}
        for language, texts in translated.items():
            if isinstance(texts, dict):
                found.setdefault(str(language)[:2], clean(texts.get(key)))
        return {language: text for language, text in found.items() if text}

    def title_and_guidance(self, node: Plain) -> tuple[Texts, Texts]:
        """A requirement's name, or its description, or what its first question asks, is its title; a title that is
        too long is cut after its first sentence and stands whole in the guidance, with all other texts."""
        name, description = self.of(node, "name"), self.of(node, "description")
        questions = self.questions(node)
        title = name or description or next(iter(questions), {})
        short = {language: _short(text) for language, text in title.items()}
        whole = [title] if short != title else []
        rest = [description] if name else []
        further = [self.of(node, key) for key in ("annotation", "typical_evidence")]
        asked = questions if name or description else questions[1:]
        return short, joined([*whole, *rest, *further, *asked])

    def questions(self, node: Plain) -> list[Texts]:
        """What is asked about a requirement, without the answers to choose from."""
        questions = node.get("questions")
        each = questions.values() if isinstance(questions, dict) else ()
        found = [self.of(question, "text") for question in each if isinstance(question, dict)]
        return [texts for texts in found if texts]


def joined(several: Iterable[Texts], between: str = "; ") -> dict[str, str]:
    """Texts put together, language by language."""
    found: dict[str, str] = {}
    for texts in several:
        for language, text in texts.items():
            mark = between.replace(";", "؛") if language == "ar" else between
            found[language] = mark.join(each for each in (found.get(language, ""), text) if each)
    return found


def _short(text: str) -> str:
    if len(text) <= LONGEST_TITLE:
        return text
    sentence = _SENTENCE.match(text)
    if sentence and len(sentence[1]) <= LONGEST_TITLE:
        return sentence[1]
    return text[:LONGEST_TITLE].rpartition(" ")[0].rstrip(",;:،؛") + "…"
