#!/usr/bin/env python3
"""Check a bundle of a decision trail, with nothing but Python.

    python verify_trail.py BUNDLE.zip [--checkpoint EARLIER.txt] [--key KEY] [--evidence FOLDER]
                                      [--json] [--language ar|en]

BUNDLE is a zip or the folder it was unpacked into; left out, it is the folder in which this file lies. The site
from which the bundle came need not exist any more. Exit code 0: all is as it was written. 1: something is wrong,
one line each. 2: what was given cannot be read.

How to be sure: keep a checkpoint today, from the site or from a bundle, and its key (KEY is the line of keys.txt,
or a file that holds it), where the site cannot reach them. A bundle that is made later must continue that
checkpoint. Without them a bundle shows that it agrees with itself and with whoever signed it, no more.

Needs Python 3.9. Signatures are checked by the package `cryptography` where it is installed, else by this file.
Hashes: SHA-256. Tree and proofs: RFC 9162, section 2.1. Checkpoints: C2SP signed-note and tlog-checkpoint.
Signatures: Ed25519, RFC 8032.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import io
import json
import os
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

FORMAT = 1
CHUNK = 1 << 20


# ---------------------------------------------------------------- what is said, in Arabic and in English

# code: (what was found, which forgery it smells of), once in each language. A problem makes the bundle wrong; a
# note does not.
PROBLEMS: dict[str, dict[str, tuple[str, str]]] = {
    "file_missing": {
        "en": ("the manifest names this file, and it is not here", "a part was left out"),
        "ar": ("الملف مذكور في بيان المحتويات وليس هنا", "حذف جزء من الحزمة"),
    },
    "file_changed": {
        "en": ("its content is not the one the manifest names", "damage on the way, or an edited bundle"),
        "ar": ("محتواه ليس ما يذكره بيان المحتويات", "تلف أثناء النقل أو تعديل في الحزمة"),
    },
    "file_extra": {
        "en": ("the manifest does not name this file", "something was put into the bundle"),
        "ar": ("لا يذكره بيان المحتويات", "إضافة شيء إلى الحزمة"),
    },
    "unreadable": {
        "en": ("it cannot be read: {why}", "damage, or a careless edit"),
        "ar": ("تتعذر قراءته: {why}", "تلف أو تعديل غير متقن"),
    },
    "edited": {
        "en": ("its hash is not the hash of its content", "the event was edited"),
        "ar": ("بصمته ليست بصمة محتواه", "تعديل الواقعة"),
    },
    "columns": {
        "en": ("the database shows something other than the event says: {columns}", "columns were edited"),
        "ar": ("ما تعرضه قاعدة البيانات غير ما تقوله الواقعة: {columns}", "تعديل أعمدة الجدول"),
    },
    "missing_events": {
        "en": ("events {first} to {last} are missing", "events were deleted"),
        "ar": ("الوقائع من {first} إلى {last} غير موجودة", "حذف وقائع"),
    },
    "misplaced": {
        "en": ("it stands where event {expected} should", "events were inserted or swapped"),
        "ar": ("تقف حيث ينبغي أن تكون الواقعة {expected}", "إدراج وقائع أو تبديلها"),
    },
    "unlinked": {
        "en": ("it does not continue the event before it", "an event was inserted, replaced or swapped"),
        "ar": ("لا تكمل الواقعة التي قبلها", "إدراج واقعة أو استبدالها أو تبديلها"),
    },
    "foreign": {
        "en": ("it belongs to another stream, {stream}", "an event was replayed from elsewhere"),
        "ar": ("تنتمي إلى سلسلة أخرى: {stream}", "إعادة استخدام واقعة من سلسلة أخرى"),
    },
    "uncovered": {
        "en": ("no checkpoint covers it", "it was put in behind the site's back, or the site signs no more"),
        "ar": ("لا تشملها أي نقطة تحقق", "إدخالها من وراء النظام، أو توقف النظام عن التوقيع"),
    },
    "not_included": {
        "en": (
            "at place {position} the signed tree holds another event",
            "history was rewritten after signing",
        ),
        "ar": ("في الموضع {position} تحمل الشجرة الموقعة واقعة أخرى", "إعادة كتابة السجل بعد التوقيع"),
    },
    "cut_off": {
        "en": ("the signed tree knows {signed} events here, and {here} are left", "the tail was cut off"),
        "ar": ("تعرف الشجرة الموقعة {signed} من الوقائع هنا ولم يبق سوى {here}", "قطع آخر السلسلة"),
    },
    "added": {
        "en": ("the signed tree knows {signed} events here, and there are {here}", "events were added"),
        "ar": ("تعرف الشجرة الموقعة {signed} من الوقائع هنا وعددها الآن {here}", "إضافة وقائع"),
    },
    "another_end": {
        "en": ("the last event is not the one that was signed", "the stream was rewritten"),
        "ar": ("آخر واقعة ليست التي وُقّع عليها", "إعادة كتابة السلسلة"),
    },
    "end_unproved": {
        "en": (
            "nothing proves that the stream ends here",
            "the tree was changed, or never covered the stream",
        ),
        "ar": ("لا دليل على أن السلسلة تنتهي هنا", "تغيير الشجرة أو عدم شمولها للسلسلة"),
    },
    "lost": {
        "en": (
            "{count} streams were signed of which the site has no event left",
            "whole streams were deleted",
        ),
        "ar": ("وُقّع على {count} من السلاسل ولم تبق لدى النظام أي واقعة منها", "حذف سلاسل بأكملها"),
    },
    "no_checkpoint": {
        "en": ("there is no checkpoint; nothing here is signed", "the checkpoints were removed"),
        "ar": ("لا توجد نقطة تحقق، ولا شيء هنا موقع", "إزالة نقاط التحقق"),
    },
    "bad_note": {
        "en": ("it is no checkpoint", "the checkpoint was edited"),
        "ar": ("ليست نقطة تحقق", "تعديل نقطة التحقق"),
    },
    "bad_signature": {
        "en": ("the signature of {key} does not fit", "the checkpoint was forged"),
        "ar": ("توقيع {key} لا يطابق", "تزوير نقطة التحقق"),
    },
    "unknown_signer": {
        "en": ("none of the keys at hand has signed it", "it was forged under another key"),
        "ar": ("لم يوقعها أي من المفاتيح المتاحة", "تزويرها بمفتاح آخر"),
    },
    "not_continued": {
        "en": (
            "the checkpoint of {size} events and the one of {later} do not continue each other",
            "history was rewritten",
        ),
        "ar": ("نقطة التحقق ذات {size} واقعة وذات {later} واقعة لا تكمل إحداهما الأخرى", "إعادة كتابة السجل"),
    },
    "no_consistency": {
        "en": (
            "nothing shows that the bundle continues your checkpoint of {size} events; ask for one made with"
            " --against that checkpoint",
            "the earlier history is hidden",
        ),
        "ar": (
            "لا دليل على أن الحزمة تكمل نقطة التحقق لديك ذات {size} واقعة؛ اطلب حزمة تُعد بالخيار --against مع هذه"
            " النقطة",
            "إخفاء السجل السابق",
        ),
    },
    "older": {
        "en": ("the bundle knows {here} events, and your checkpoint {size}", "the trail was set back"),
        "ar": ("تعرف الحزمة {here} من الوقائع ونقطة التحقق لديك {size}", "إرجاع السجل إلى الوراء"),
    },
    "comment_changed": {
        "en": ("the comment is not the one the event speaks of", "the comment was edited"),
        "ar": ("التعليق ليس الذي تذكره الواقعة", "تعديل التعليق"),
    },
    "comment_gone": {
        "en": ("the comment that the event speaks of is gone", "the comment was deleted"),
        "ar": ("التعليق الذي تذكره الواقعة غير موجود", "حذف التعليق"),
    },
    "comment_added": {
        "en": ("a comment lies here that no event speaks of", "the comment was put in"),
        "ar": ("هنا تعليق لا تذكره أي واقعة", "إدخال تعليق"),
    },
    "erased_unexplained": {
        "en": ("it is erased, and no event says by whom", "it was deleted past the trail"),
        "ar": ("محي ولا تذكر أي واقعة من محاه", "حذفه دون المرور بالسجل"),
    },
    "name_changed": {
        "en": ("the name is not the one that was borne then", "the name was edited"),
        "ar": ("الاسم ليس الذي كان وقتها", "تعديل الاسم"),
    },
    "name_gone": {
        "en": ("the name of its actor is gone", "the name was deleted"),
        "ar": ("اسم صاحب الفعل غير موجود", "حذف الاسم"),
    },
    "name_of_another": {
        "en": ("the name of its actor belongs to another person", "the actor was changed"),
        "ar": ("اسم صاحب الفعل لشخص آخر", "تغيير صاحب الفعل"),
    },
    "state": {
        "en": ("{column} is '{here}', and its events say '{said}'", "the state was edited past the trail"),
        "ar": ("{column} هو '{here}' وتقول وقائعه '{said}'", "تعديل المرحلة دون المرور بالسجل"),
    },
    "opening": {
        "en": ("{column} is '{here}', and it was opened with '{said}'", "what it is was edited"),
        "ar": ("{column} هو '{here}' وفُتح بالقيمة '{said}'", "تعديل بياناته الأصلية"),
    },
    "subject_gone": {
        "en": ("it was opened, and its row is not there any more", "the row was deleted"),
        "ar": ("فُتح ولم يعد صفه موجودا", "حذف الصف"),
    },
    "subject_alone": {
        "en": ("its row has no events", "the row was put in, or its events were deleted"),
        "ar": ("لا وقائع لهذا الصف", "إدخال الصف أو حذف وقائعه"),
    },
    "account": {
        "en": (
            "{what} {which} is '{here}', and the events say '{said}'",
            "the row was edited past the trail",
        ),
        "ar": ("{what} {which}: الموجود '{here}' وتقول الوقائع '{said}'", "تعديل الصف دون المرور بالسجل"),
    },
    "judged": {
        "en": (
            "{what} were judged at event {event}, and are not any more what was judged",
            "what had been judged was edited",
        ),
        "ar": ("{what} حُكم عليها في الواقعة {event} ولم تعد كما كانت", "تعديل ما سبق الحكم عليه"),
    },
    "file_of_evidence": {
        "en": (
            "the stored file of '{name}' is not the one that was filed",
            "a file in evidence was replaced",
        ),
        "ar": ("الملف المحفوظ للشاهد '{name}' ليس الذي قُدم", "استبدال ملف من الشواهد"),
    },
    "no_file_of_evidence": {
        "en": ("the stored file of '{name}' is gone", "a file in evidence was deleted"),
        "ar": ("الملف المحفوظ للشاهد '{name}' غير موجود", "حذف ملف من الشواهد"),
    },
    "edition": {
        "en": ("its content is not the one that its name is the hash of", "the rules were edited"),
        "ar": ("محتواه ليس ما تدل عليه بصمته", "تعديل القواعد"),
    },
    "edition_gone": {
        "en": ("the edition {edition} is not here", "the rules were removed"),
        "ar": ("الإصدار {edition} غير موجود", "إزالة القواعد"),
    },
}
NOTES = {
    "own_keys": {
        "en": "The keys are the bundle's own and prove nothing by themselves: compare them with a key that you"
        " were given by another way, or give that one with --key.",
        "ar": "المفاتيح من الحزمة نفسها ولا تثبت شيئا وحدها: قارنها بمفتاح وصلك بطريق آخر، أو اذكره مع --key.",
    },
    "no_earlier": {
        "en": "No earlier checkpoint was given (--checkpoint): whoever holds the signing key could have rewritten"
        " all.",
        "ar": "لم تُذكر نقطة تحقق سابقة (--checkpoint): من يملك مفتاح التوقيع كان يمكنه إعادة كتابة كل شيء.",
    },
    "continues": {
        "en": "It continues your checkpoint of {size} events.",
        "ar": "تكمل نقطة التحقق لديك ذات {size} واقعة.",
    },
    "signed_by": {
        "en": "Signed by {key}; checked by {by}.",
        "ar": "موقعة من {key}؛ وتحقق من التوقيع {by}.",
    },
    "not_made": {
        "en": "The site could not make a checkpoint for this bundle: {why}",
        "ar": "لم يتمكن النظام من إنشاء نقطة تحقق لهذه الحزمة: {why}",
    },
    "erased": {
        "en": "{where}: erased by event {seq}.",
        "ar": "{where}: محي بموجب الواقعة {seq}.",
    },
    "evidence_seen": {
        "en": "{count} files in evidence were read and are those that were filed.",
        "ar": "قُرئت {count} من ملفات الشواهد وهي التي قُدمت.",
    },
    "evidence_unseen": {
        "en": "{count} files in evidence are not at hand; the site says of them what it read.",
        "ar": "{count} من ملفات الشواهد ليست متاحة هنا؛ وما يقال عنها هو ما قرأه النظام.",
    },
}
THINGS = {
    "answer": {"en": "the answer to", "ar": "الإجابة عن"},
    "answers": {"en": "the answers", "ar": "الإجابات"},
    "rating": {"en": "the rating", "ar": "الدرجة"},
    "assigned": {"en": "how often assigned:", "ar": "عدد مرات التكليف:"},
    "released": {"en": "how often released:", "ar": "عدد مرات الإعادة:"},
    "vote": {"en": "the vote of event", "ar": "صوت الواقعة"},
    "agreed": {"en": "how often agreed:", "ar": "عدد مرات الاتفاق:"},
    "evidence_filed": {"en": "how often filed in evidence:", "ar": "عدد مرات تقديم الشاهد:"},
    "evidence_taken_back": {"en": "how often taken back:", "ar": "عدد مرات سحب الشاهد:"},
}
SENTENCES = {
    "en": {
        "right": "All right: {events} events in {streams} streams are as they were written.",
        "wrong": "Wrong: {problems} problems in {events} events of {streams} streams.",
        "smells": "smells of: {smell}",
        "checkpoint": "Checkpoint of {origin}: {size} events.",
    },
    "ar": {
        "right": "سليمة: {events} واقعة في {streams} سلسلة كما كُتبت.",
        "wrong": "غير سليمة: {problems} مشكلة في {events} واقعة من {streams} سلسلة.",
        "smells": "يشبه: {smell}",
        "checkpoint": "نقطة تحقق من {origin}: {size} واقعة.",
    },
}


def filled(template: str, language: str, facts: dict[str, Any]) -> str:
    """Inside Arabic every fact stands in an isolate, so that its own direction moves nothing else."""
    start, end = ("\u2068", "\u2069") if language == "ar" else ("", "")
    return template.format(**{name: f"{start}{value}{end}" for name, value in facts.items()})


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: a code, the file it stands in, the event or line (0: the file), and facts."""

    code: str
    file: str
    seq: int = 0
    facts: dict[str, Any] = field(default_factory=dict)

    def where(self) -> str:
        return f"{self.file}#{self.seq}" if self.seq else self.file

    def what(self, language: str) -> str:
        template, facts = PROBLEMS[self.code][language][0], dict(self.facts)
        if "what" in facts:
            template = template.replace("{what}", THINGS[facts.pop("what")][language])
        return filled(template, language, facts)

    def smell(self, language: str) -> str:
        return PROBLEMS[self.code][language][1]

    def line(self, language: str) -> str:
        smells = filled(SENTENCES[language]["smells"], language, {"smell": self.smell(language)})
        return f"{filled('{where}', language, {'where': self.where()})}: {self.what(language)} ({smells})"


@dataclass
class Report:
    """What the check has come to."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    events: int = 0
    streams: int = 0
    origin: str = ""
    size: int = 0

    def wrong(self, code: str, file: str, seq: int = 0, **facts: Any) -> None:
        self.problems.append(Problem(code, file, seq, facts))

    def note(self, code: str, **facts: Any) -> None:
        self.notes.append((code, facts))

    @property
    def ok(self) -> bool:
        return not self.problems


REFUSALS = {
    "no_bundle": {
        "en": "{path} holds no bundle; give the zip as it came from the site, or the folder it was unpacked into",
        "ar": "لا حزمة في {path}؛ المطلوب الملف المضغوط كما جاء من النظام، أو المجلد الذي فُك ضغطه فيه",
    },
    "unreadable": {
        "en": "{path} cannot be read ({why}); give the zip as it came from the site",
        "ar": "تعذرت قراءة {path} ({why})؛ المطلوب الملف المضغوط كما جاء من النظام",
    },
    "twice": {
        "en": "{path} holds {name} twice, and shows different readers different files; give the zip as it came"
        " from the site",
        "ar": "في {path} نسختان من {name}، فيرى كل قارئ ملفا مختلفا؛ المطلوب الملف المضغوط كما جاء من النظام",
    },
    "no_folder": {
        "en": "--evidence {path} is no folder; give one with files in evidence",
        "ar": "{path} المذكور مع --evidence ليس مجلدا؛ المطلوب مجلد فيه ملفات الشواهد",
    },
    "no_key": {
        "en": "--key {path} is no key; give the line name+id+key, or a file that holds it",
        "ar": "{path} المذكور مع --key ليس مفتاحا؛ المطلوب السطر name+id+key أو ملف فيه هذا السطر",
    },
    "no_checkpoint": {
        "en": "--checkpoint {path} is no checkpoint; give the file as it was kept",
        "ar": "{path} المذكور مع --checkpoint ليس نقطة تحقق؛ المطلوب الملف كما حُفظ",
    },
}


class BadInput(Exception):  # noqa: N818 - said of what was given
    """What was given cannot be read; what it says, it says in a language, and what to give instead."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(filled(REFUSALS[code]["en"], "en", facts))
        self.code, self.facts = code, facts

    def said(self, language: str) -> str:
        return filled(REFUSALS[self.code][language], language, self.facts)


# ---------------------------------------------------------------- where a bundle lies


class Zip:
    """A bundle as it came. Nothing is unpacked."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile) as error:
            raise BadInput("unreadable", path=path, why=error) from None
        try:
            self.names = self._whole(path)
        except BadInput:
            self.close()
            raise

    def _whole(self, path: Path) -> frozenset[str]:
        names = self._zip.namelist()
        twice = [name for name, count in Counter(names).items() if count > 1]
        if twice:
            raise BadInput("twice", path=path, name=twice[0])
        if "manifest.json" not in names:
            raise BadInput("no_bundle", path=path)
        return frozenset(name for name in names if not name.endswith("/"))

    def open(self, name: str) -> BinaryIO:
        return self._zip.open(name)  # type: ignore[return-value]

    def close(self) -> None:
        self._zip.close()


class Folder:
    """A bundle unpacked."""

    def __init__(self, path: Path) -> None:
        if not (path / "manifest.json").is_file():
            raise BadInput("no_bundle", path=path)
        self._path = path
        files = (each for each in path.rglob("*") if each.is_file() and "__pycache__" not in each.parts)
        self.names = frozenset(each.relative_to(path).as_posix() for each in files)

    def open(self, name: str) -> BinaryIO:
        return (self._path / name).open("rb")

    def close(self) -> None:
        pass


class Bundle:
    """Reading what lies in a bundle, whatever lies there: what cannot be read is a problem, not a crash."""

    def __init__(self, source: Any, report: Report) -> None:
        self.source, self.report = source, report

    def names(self, start: str, end: str = "") -> list[str]:
        return sorted(each for each in self.source.names if each.startswith(start) and each.endswith(end))

    def chunks(self, name: str) -> Iterator[bytes]:
        try:
            with self.source.open(name) as file:
                while True:
                    chunk = file.read(CHUNK)
                    if not chunk:
                        return
                    yield chunk
        except (OSError, zipfile.BadZipFile, EOFError, KeyError, ValueError, RuntimeError) as error:
            self.report.wrong("unreadable", name, why=str(error) or type(error).__name__)

    def digest(self, name: str) -> str:
        digest = hashlib.sha256()
        for chunk in self.chunks(name):
            digest.update(chunk)
        return digest.hexdigest()

    def content(self, name: str) -> bytes:
        return b"".join(self.chunks(name)) if name in self.source.names else b""

    def document(self, name: str) -> dict[str, Any]:
        found = self._json(self.content(name), name, 0)
        return found if isinstance(found, dict) else {}

    def lines(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """The objects of a file of JSON lines, counted from 1. A file that is not there has none."""
        if name not in self.source.names:
            return
        rest, number = b"", 0
        for chunk in self.chunks(name):
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole:
                number += 1
                found = self._json(line, name, number)
                if isinstance(found, dict):
                    yield number, found
        if rest:
            self.report.wrong("unreadable", name, number + 1, why="the last line has no end")

    def _json(self, text: bytes, name: str, number: int) -> Any:
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            self.report.wrong("unreadable", name, number, why=str(error))
            return None


# ---------------------------------------------------------------- Ed25519: verification of RFC 8032, section 5.1.7

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, PRIME - 2, PRIME) % PRIME
ROOT_OF_MINUS_ONE = pow(2, (PRIME - 1) // 4, PRIME)
Point = Any  # X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z


def plus(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % PRIME, (p[1] + p[0]) * (q[1] + q[0]) % PRIME
    c, d = 2 * p[3] * q[3] * CURVE % PRIME, 2 * p[2] * q[2] % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def times(number: int, point: Point) -> Point:
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = plus(result, point)
        point, number = plus(point, point), number >> 1
    return result


def unpacked(data: bytes) -> Point:
    """The point of 32 bytes, None when they are none (RFC 8032, section 5.1.3)."""
    packed = int.from_bytes(data, "little")
    sign, y = packed >> 255, packed & (1 << 255) - 1
    if y >= PRIME:
        return None
    square = (y * y - 1) * pow(CURVE * y * y + 1, PRIME - 2, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * ROOT_OF_MINUS_ONE % PRIME
    if (x * x - square) % PRIME or (x == 0 and sign):
        return None
    x = PRIME - x if x & 1 != sign else x
    return x, y, 1, x * y % PRIME


def packed(point: Point) -> bytes:
    inverse = pow(point[2], PRIME - 2, PRIME)
    x, y = point[0] * inverse % PRIME, point[1] * inverse % PRIME
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = unpacked((4 * pow(5, PRIME - 2, PRIME) % PRIME).to_bytes(32, "little"))


def fits_by_hand(public: bytes, signature: bytes, text: bytes) -> bool:
    """Whether `signature` is the one of `public` over `text`."""
    key = unpacked(public) if len(public) == 32 and len(signature) == 64 else None
    s = int.from_bytes(signature[32:], "little")
    if key is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + text).digest(), "little") % ORDER
    negative = (PRIME - key[0], key[1], 1, PRIME - key[3])
    return packed(plus(times(s, BASE), times(k, negative))) == signature[:32]


def fits_by_library(public: bytes, signature: bytes, text: bytes) -> bool:
    """The same. Raises ImportError where the library is not installed."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def signature_check() -> tuple[Callable[[bytes, bytes, bytes], bool], str]:
    """What checks signatures here, and what it is called."""
    try:
        import cryptography
        import cryptography.hazmat.primitives.asymmetric.ed25519
    except ImportError:
        return fits_by_hand, "verify_trail.py"
    return fits_by_library, f"cryptography {cryptography.__version__}"


# ---------------------------------------------------------------- the tree: RFC 9162, section 2.1


def leaf_hash(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def is_included(leaf: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """Section 2.1.3.2: whether `path` leads from the leaf at `index` to the root of `size` leaves."""
    if not 0 <= index < size:
        return False
    here, last, found = index, size - 1, leaf
    for beside in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            found = node_hash(beside, found)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            found = node_hash(found, beside)
        here, last = here >> 1, last >> 1
    return last == 0 and found == root


def is_continued(first: int, old: bytes, second: int, new: bytes, path: list[bytes]) -> bool:
    """Section 2.1.4.2: whether the tree of `second` leaves, root `new`, continues that of `first`, root `old`."""
    if first == second or first == 0:
        return not path and (first == 0 or old == new)
    if not 0 < first < second or not path:
        return False
    rest = path if first & (first - 1) else [old, *path]
    here, last = first - 1, second - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    before = after = rest[0]
    for beside in rest[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            before, after = node_hash(beside, before), node_hash(beside, after)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            after = node_hash(after, beside)
        here, last = here >> 1, last >> 1
    return last == 0 and before == old and after == new


def as_path(said: Any) -> list[bytes]:
    """A proof as it is written, empty where it cannot be one."""
    try:
        path = [bytes.fromhex(each) for each in said]
    except (TypeError, ValueError):
        return []
    return path if all(len(each) == 32 for each in path) else []


# ---------------------------------------------------------------- checkpoints and their keys


@dataclass(frozen=True)
class Key:
    """A public key with the name under which it signs."""

    name: str
    id: bytes
    public: bytes


@dataclass(frozen=True)
class Checkpoint:
    """What a signed note says: `size` events have `root`, the ends of `streams` streams have `streams_root`."""

    text: bytes
    origin: str
    size: int
    root: bytes
    streams: int
    streams_root: bytes
    signatures: tuple[tuple[str, bytes, bytes], ...]


def read_key(line: str) -> Key:
    """A key from its line, name+id+key. Raises ValueError."""
    name, identity, content = line.strip().split("+", 2)
    data = base64.b64decode(content, validate=True)
    wanted = hashlib.sha256(name.encode() + b"\n" + data).digest()[:4]
    if data[:1] != b"\x01" or len(data) != 33 or bytes.fromhex(identity) != wanted:
        raise ValueError(f"{line.strip()} is no Ed25519 key")
    return Key(name, wanted, data[1:])


def read_keys(lines: Iterable[str]) -> list[Key]:
    """Raises ValueError."""
    return [read_key(line) for line in lines if line.strip()]


def read_checkpoint(note: bytes) -> Checkpoint:
    """Raises ValueError when `note` is no checkpoint."""
    text, gap, signatures = note.decode().partition("\n\n")
    origin, size, root, ends = text.split("\n")[:4]
    word, streams, streams_root = ends.split(" ")
    if not gap or word != "streams" or not (size.isdigit() and streams.isdigit()):
        raise ValueError("no checkpoint")
    return Checkpoint(
        f"{text}\n".encode(),
        origin,
        int(size),
        base64.b64decode(root, validate=True),
        int(streams),
        base64.b64decode(streams_root, validate=True),
        tuple(_signature(line) for line in signatures.splitlines()),
    )


def _signature(line: str) -> tuple[str, bytes, bytes]:
    dash, name, content = line.split(" ")
    data = base64.b64decode(content, validate=True)
    if dash != "—" or len(data) != 68:
        raise ValueError("no signature")
    return name, data[:4], data[4:]


def check_signatures(checkpoint: Checkpoint, keys: list[Key], file: str, report: Report) -> str:
    """One of `keys` has signed, and none of their signatures is wrong. Gives who has, "" for nobody."""
    fits, _ = signature_check()
    known, signer = {(key.name, key.id): key for key in keys}, ""
    for name, identity, signature in checkpoint.signatures:
        key = known.get((name, identity))
        if key is None:
            continue
        if not fits(key.public, signature, checkpoint.text):
            report.wrong("bad_signature", file, key=f"{name}+{identity.hex()}")
            return ""
        signer = signer or f"{name}+{identity.hex()}"
    if not signer:
        report.wrong("unknown_signer", file)
    return signer


# ---------------------------------------------------------------- what was asked


@dataclass(frozen=True)
class Trusted:
    """What the auditor brings along: keys, an earlier checkpoint (file name and content), a folder of evidence."""

    keys: tuple[Key, ...] = ()
    earlier: tuple[str, Checkpoint] | None = None
    evidence: Path | None = None


def check(source: Any, trusted: Trusted | None = None) -> Report:
    """Everything that a bundle lets one check."""
    report = Report()
    bundle = Bundle(source, report)
    return _Check(bundle, report, trusted or Trusted()).all()


class _Check:
    """One check of one bundle, part by part."""

    def __init__(self, bundle: Bundle, report: Report, trusted: Trusted) -> None:
        self.bundle, self.report, self.trusted = bundle, report, trusted
        self.proofs: dict[str, Any] = {}
        self.checkpoint: Checkpoint | None = None
        self.trail: dict[str, list[Said]] = {}
        self.names: dict[Bearer, Place] = {}
        self.editions: dict[str, str] = {}

    def all(self) -> Report:
        bundle, report = self.bundle, self.report
        self._part("manifest.json", lambda: check_manifest(bundle, report))
        self._part("proofs.json", self._checkpoints)
        for file in bundle.names("events/", ".jsonl"):
            self._part(file, partial(self._stream, file))
        self._part("names.jsonl", self._names)
        self._part("subjects.jsonl", lambda: check_subjects(bundle, report, self.trail))
        for account in ACCOUNTS:
            self._part("rows/", partial(account, bundle, report, self.trail))
        self._part("evidence/", lambda: check_evidence(bundle, report, self.trail, self.trusted.evidence))
        self._part("editions/", lambda: check_editions(bundle, report, self.editions))
        return report

    def _part(self, file: str, check: Callable[[], None]) -> None:
        """What stands where nothing of its shape belongs is a problem of its own, and the other parts are
        checked all the same."""
        try:
            check()
        except (TypeError, ValueError, LookupError, AttributeError, RecursionError) as error:
            self.report.wrong("unreadable", file, why=f"{type(error).__name__}: {error}")

    def _names(self) -> None:
        erasures = check_erasures(self.bundle, self.report, self.checkpoint)
        check_names(self.bundle, self.report, self.names, erasures)

    def _checkpoints(self) -> None:
        self.proofs = self.bundle.document("proofs.json")
        self.checkpoint = check_checkpoints(self.bundle, self.report, self.proofs, self.trusted)
        lost = as_list(self.proofs.get("lost"))
        if lost:
            self.report.wrong("lost", "proofs.json", count=len(lost))

    def _stream(self, file: str) -> None:
        stream = Stream(file, self.report, self.checkpoint, as_object(self.proofs.get("ends")))
        for _, line in self.bundle.lines(file):
            stream.take(line)
        stream.end()
        self.report.streams, self.report.events = self.report.streams + 1, self.report.events + stream.count
        check_comments(self.bundle, self.report, stream)
        self.trail[stream.name] = stream.said
        self.names = {**stream.names, **self.names}
        self.editions = {**stream.editions, **self.editions}


def check_manifest(bundle: Bundle, report: Report) -> None:
    """Every file is the one that was put in, and nothing else is there."""
    manifest = bundle.document("manifest.json")
    files = as_object(manifest.get("files"))
    for name in sorted(files.keys() - bundle.source.names):
        report.wrong("file_missing", name)
    for name in sorted(bundle.source.names - files.keys() - {"manifest.json"}):
        report.wrong("file_extra", name)
    for name in sorted(files.keys() & bundle.source.names):
        if bundle.digest(name) != as_object(files[name]).get("sha256"):
            report.wrong("file_changed", name)
    if manifest.get("no_checkpoint"):
        report.note("not_made", why=manifest["no_checkpoint"])


# ---------------------------------------------------------------- the checkpoint, and the earlier ones

CHECKPOINT = "checkpoint.txt"


def check_checkpoints(
    bundle: Bundle, report: Report, proofs: dict[str, Any], trusted: Trusted
) -> Checkpoint | None:
    """The bundle's own checkpoint is signed, and it continues all earlier ones. Gives what it says."""
    keys = list(trusted.keys) or _own_keys(bundle, report)
    checkpoint = _note(bundle, report, CHECKPOINT)
    if checkpoint is None:
        return None
    report.origin, report.size = checkpoint.origin, checkpoint.size
    signer = check_signatures(checkpoint, keys, CHECKPOINT, report)
    if signer:
        report.note("signed_by", key=signer, by=signature_check()[1])
    paths = {
        as_object(each).get("first"): as_path(as_object(each).get("path"))
        for each in as_list(proofs.get("consistency"))
    }
    for file in bundle.names("checkpoints/", ".txt"):
        earlier = _note(bundle, report, file)
        if earlier is not None:
            check_signatures(earlier, keys, file, report)
            _continued(earlier, checkpoint, paths, file, report)
    _check_earlier(checkpoint, paths, keys, report, trusted)
    return checkpoint


def _own_keys(bundle: Bundle, report: Report) -> list[Key]:
    report.note("own_keys")
    try:
        return read_keys(bundle.content("keys.txt").decode().splitlines())
    except ValueError as error:
        report.wrong("unreadable", "keys.txt", why=str(error))
        return []


def _note(bundle: Bundle, report: Report, file: str) -> Checkpoint | None:
    content = bundle.content(file)
    if not content:
        report.wrong("no_checkpoint", file)
        return None
    try:
        return read_checkpoint(content)
    except ValueError:
        report.wrong("bad_note", file)
        return None


def _check_earlier(
    checkpoint: Checkpoint, paths: dict[Any, list[bytes]], keys: list[Key], report: Report, trusted: Trusted
) -> None:
    """The checkpoint that the auditor kept."""
    if trusted.earlier is None:
        report.note("no_earlier")
        return
    file, earlier = trusted.earlier
    signed = check_signatures(earlier, keys, file, report)
    if earlier.size > checkpoint.size:
        report.wrong("older", file, here=checkpoint.size, size=earlier.size)
    elif earlier.size < checkpoint.size and earlier.size not in paths:
        report.wrong("no_consistency", file, size=earlier.size)
    elif _continued(earlier, checkpoint, paths, file, report) and signed:
        report.note("continues", size=earlier.size)


def _continued(
    earlier: Checkpoint, checkpoint: Checkpoint, paths: dict[Any, list[bytes]], file: str, report: Report
) -> bool:
    path = paths.get(earlier.size, [])
    same_tree = earlier.origin == checkpoint.origin
    if same_tree and is_continued(earlier.size, earlier.root, checkpoint.size, checkpoint.root, path):
        return True
    report.wrong("not_continued", file, size=earlier.size, later=checkpoint.size)
    return False


# ---------------------------------------------------------------- events

Bearer = tuple  # the digest of a name, and the person who bore it
Place = tuple  # a file, and an event in it

WORDS = ("kind", "role", "edition", "transition", "source", "target", "previous")


@dataclass(frozen=True)
class Said:
    """What one event says."""

    seq: int
    event: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.event.get(name)

    @property
    def data(self) -> dict[str, Any]:
        return as_object(self.event.get("data"))

    @property
    def actor(self) -> Any:
        return as_object(self.event.get("actor")).get("id")


def misplaced(digest: str, proof: Any, checkpoint: Checkpoint | None) -> tuple[str, dict[str, Any]] | None:
    """What is wrong with the place of an event in the signed tree, where it stands as its own hash."""
    if checkpoint is None:
        return None
    position = as_object(proof).get("position")
    if not isinstance(position, int):
        return "uncovered", {}
    leaf, path = leaf_hash(bytes.fromhex(digest)), as_path(as_object(proof).get("path"))
    if is_included(leaf, position, checkpoint.size, path, checkpoint.root):
        return None
    return "not_included", {"position": position}


class Stream:
    """One stream, event by event."""

    def __init__(
        self, file: str, report: Report, checkpoint: Checkpoint | None, ends: dict[str, Any]
    ) -> None:
        self.file, self.report, self.checkpoint = file, report, checkpoint
        self.name = file[len("events/") : -len(".jsonl")]
        self.last_end = as_object(ends.get(self.name))
        self.count = self.seq = 0
        self.previous = ""
        self.said: list[Said] = []
        self.digests: dict[int, str] = {}
        self.names: dict[Bearer, Place] = {}
        self.editions: dict[str, str] = {}

    def take(self, line: dict[str, Any]) -> None:
        """The next line: an event's columns, and the proof that the tree holds it."""
        columns = as_object(line.get("columns"))
        body = columns.get("body")
        content = utf8(body) if isinstance(body, str) else from_hex(body)
        seq = self._place(columns)
        digest = hashlib.sha256(content).hexdigest()
        if columns.get("hash") != digest:
            self._wrong("edited", seq)
        if columns.get("previous") != self.previous:
            self._wrong("unlinked", seq)
        self._included(digest, line.get("proof"), seq)
        self._says(content, columns, seq)
        self.count, self.previous = self.count + 1, str(columns.get("hash"))

    def _wrong(self, code: str, seq: int, **facts: Any) -> None:
        self.report.wrong(code, self.file, seq, **facts)

    def _place(self, columns: dict[str, Any]) -> int:
        expected, seq = self.seq + 1, columns.get("seq")
        if not isinstance(seq, int):
            seq = expected
        if seq > expected:
            self._wrong("missing_events", expected, first=expected, last=seq - 1)
        elif seq < expected:
            self._wrong("misplaced", seq, expected=expected)
        if columns.get("stream") != self.name:
            self._wrong("foreign", seq, stream=columns.get("stream"))
        self.seq = seq
        return int(seq)

    def _included(self, digest: str, proof: Any, seq: int) -> None:
        wrong = misplaced(digest, proof, self.checkpoint)
        if wrong:
            self._wrong(wrong[0], seq, **wrong[1])

    def _says(self, content: bytes, columns: dict[str, Any], seq: int) -> None:
        """Compare what the event says with the columns beside it, and keep it."""
        try:
            event = json.loads(content)
            actor, name = event["actor"]["id"], event["actor"]["name_digest"]
            expected = {each: event[each] or "" for each in WORDS}
            expected.update(stream=event["stream"], seq=event["seq"], at=event["at"], actor=actor)
            digest = event["comment_digest"]
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            self._wrong("unreadable", seq, why=f"no event ({error})")
            return
        different = sorted(each for each in expected if expected[each] != columns.get(each))
        if different:
            self._wrong("columns", seq, columns=", ".join(different))
        if event["stream"] != self.name and columns.get("stream") == self.name:
            self._wrong("foreign", seq, stream=event["stream"])
        self.said.append(Said(seq, event))
        self._remember(seq, digest, name, actor, event["edition"])

    def _remember(self, seq: int, comment: Any, name: Any, actor: Any, edition: Any) -> None:
        if comment:
            self.digests[seq] = str(comment)
        if name:
            self.names.setdefault((str(name), str(actor)), (self.file, seq))
        if edition:
            self.editions.setdefault(str(edition), self.file)

    def end(self) -> None:
        """Nothing was cut off and nothing added: the tree of streams says where each ended."""
        if self.checkpoint is None:
            return
        signed, digest, leaf = (self.last_end.get(each) for each in ("seq", "hash", "leaf"))
        entry = leaf_hash(utf8(f"{self.name} {signed} {digest}\n"))
        path, tree = as_path(self.last_end.get("path")), self.checkpoint
        proved = isinstance(leaf, int) and is_included(entry, leaf, tree.streams, path, tree.streams_root)
        if not proved:
            self._wrong("end_unproved", self.seq)
        elif self.seq < int(str(signed)):
            self._wrong("cut_off", self.seq + 1, signed=signed, here=self.seq)
        elif self.seq > int(str(signed)):
            self._wrong("added", int(str(signed)) + 1, signed=signed, here=self.seq)
        elif self.previous != digest:
            self._wrong("another_end", self.seq)


# ---------------------------------------------------------------- comments and names, which may be erased


def salted(row: dict[str, Any], text: Any) -> str:
    return hashlib.sha256(from_hex(row.get("salt")) + utf8(str(text))).hexdigest()


def check_comments(bundle: Bundle, report: Report, stream: Stream) -> None:
    """Each comment is the one whose digest its event carries."""
    file, missing = f"texts/{stream.name}.jsonl", dict(stream.digests)
    for _, row in bundle.lines(file):
        seq = row.get("seq")
        digest = missing.pop(seq, None) if isinstance(seq, int) and row.get("field") == "comment" else None
        if digest is None:
            report.wrong("comment_added", file, as_number(seq))
        elif row.get("text") is None:
            _erased(report, file, as_number(seq), erasure(stream.said, "comment", "seq", seq))
        elif salted(row, row["text"]) != digest:
            report.wrong("comment_changed", file, as_number(seq))
    for seq in missing:
        report.wrong("comment_gone", file, seq)


def check_names(bundle: Bundle, report: Report, mentioned: dict[Bearer, Place], erasures: list[Said]) -> None:
    """Each name is the one whose digest events carry, and belongs to who acted."""
    known = {}
    for number, row in bundle.lines("names.jsonl"):
        digest = row.get("digest")
        known[digest] = row.get("actor")
        if row.get("name") is None:
            _erased(report, "names.jsonl", number, erasure(erasures, "name", "digest", digest))
        elif salted(row, row["name"]) != digest:
            report.wrong("name_changed", "names.jsonl", number)
    for (digest, actor), (file, seq) in mentioned.items():
        if digest not in known:
            report.wrong("name_gone", file, seq)
        elif known[digest] != actor:
            report.wrong("name_of_another", file, seq)


def check_erasures(bundle: Bundle, report: Report, checkpoint: Checkpoint | None) -> list[Said]:
    """The events by which names were erased. They come from streams that are not here, and stand in the signed
    tree all the same."""
    found = []
    for number, line in bundle.lines("erasures.jsonl"):
        content = utf8(str(as_object(line.get("columns")).get("body")))
        wrong = misplaced(hashlib.sha256(content).hexdigest(), line.get("proof"), checkpoint)
        if wrong:
            report.wrong(wrong[0], "erasures.jsonl", number, **wrong[1])
        else:
            found.append(Said(number, as_object(json.loads(content))))
    return found


def erasure(said: list[Said], what: str, by: str, which: Any) -> int | None:
    """The event by which something was erased: a comment (by its "seq"), a name (by its "digest"), a file (by the
    row of its "evidence")."""
    for each in said:
        if each.kind == "erased" and each.data.get("what") == what and each.data.get(by) == which:
            return each.seq
    return None


def _erased(report: Report, file: str, number: int, by: int | None) -> None:
    if by is None:
        report.wrong("erased_unexplained", file, number)
    else:
        report.note("erased", where=f"{file}#{number}", seq=by)


# ---------------------------------------------------------------- states: what the site shows, and what events say


def check_subjects(bundle: Bundle, report: Report, trail: dict[str, list[Said]]) -> None:
    """Each row stands where the last event that speaks of a state left it."""
    gone = {stream for stream, said in trail.items() if said and any(each.target for each in said)}
    for number, line in bundle.lines("subjects.jsonl"):
        row = as_object(line.get("row"))
        gone.discard(str(row.get("id")))
        said = trail.get(str(row.get("id")), [])
        if not any(each.target for each in said):
            report.wrong("subject_alone", "subjects.jsonl", number)
            continue
        _standing(report, number, row, said)
        _as_opened(report, number, as_object(line.get("opening")), said[0].data)
    for stream in sorted(gone):
        report.wrong("subject_gone", f"events/{stream}.jsonl", 1)


def _standing(report: Report, number: int, row: dict[str, Any], said: list[Said]) -> None:
    last = [each for each in said if each.target][-1]
    entered = [each for each in said if each.target and each.source != each.target][-1:] or [last]
    expected = {
        "state": last.target,
        "state_seq": last.seq,
        "edition_id": last.edition,
        "entered_seq": entered[0].seq,
        "entered_at": entered[0].at,
    }
    for column, value in expected.items():
        if row.get(column) != value:
            report.wrong("state", "subjects.jsonl", number, column=column, here=row.get(column), said=value)


def _as_opened(report: Report, number: int, opening: dict[str, Any], said: dict[str, Any]) -> None:
    for column, value in opening.items():
        if said.get(column, value) != value:
            report.wrong("opening", "subjects.jsonl", number, column=column, here=value, said=said[column])


# ---------------------------------------------------------------- rows that decide: what events say of them

Trail = Any  # {stream: [Said, ...]}


def compare(
    report: Report, file: str, what: str, here: dict[Any, Any], said: dict[Any, Any], unset: Any
) -> None:
    """Both sides by the same keys; what is not there counts as `unset`."""
    for key in sorted(here.keys() | said.keys(), key=str):
        shown, written = here.get(key, unset), said.get(key, unset)
        if shown != written:
            which = plain(key[1:])
            report.wrong("account", file, what=what, which=which, here=plain(shown), said=plain(written))


def plain(value: Any) -> Any:
    return " ".join(str(each) for each in value) if isinstance(value, tuple) else value


def check_answers(bundle: Bundle, report: Report, trail: Trail) -> None:
    """The organisation's own ratings, and whether its answers are still those that were judged."""
    file, rows = "rows/answers.jsonl", [row for _, row in bundle.lines("rows/answers.jsonl")]
    here = {
        (row.get("dossier_id"), row.get("rubric"), row.get("criterion")): row.get("rating") for row in rows
    }
    said = dict(_rated(trail, "answers_saved", "answers"))
    compare(report, file, "answer", here, said, "")
    for stream, events in trail.items():
        own = [row for row in rows if row.get("dossier_id") == stream]
        columns = ("rubric", "criterion", "rating", "narrative")
        _as_judged(report, file, "answers", own, columns, events, "answers_saved")


def _rated(trail: Trail, kind: str, part: str) -> Iterator[tuple[tuple[str, str, str], Any]]:
    for stream, events in trail.items():
        for each in events:
            if each.kind == kind:
                for rubric, ratings in as_object(each.data.get(part)).items():
                    for criterion, value in as_object(ratings).items():
                        yield (stream, rubric, criterion), value


def _as_judged(
    report: Report,
    file: str,
    what: str,
    rows: list[Any],
    columns: tuple[str, ...],
    events: list[Said],
    kind: str,
) -> None:
    """Rows that no event of `kind` has touched since they were last judged have the digest of then."""
    judged = [each for each in events if as_object(each.data.get("judged")).get(what)]
    changed = [each.seq for each in events if each.kind == kind]
    if not judged or (changed and changed[-1] > judged[-1].seq):
        return
    now = rows_digest({name: row.get(name) for name in columns} for row in rows)
    if now not in erased_to(judged[-1].data["judged"][what], what, events, file, report):
        report.wrong("judged", file, what=what, event=judged[-1].seq)


def erased_to(judged: str, what: str, events: list[Said], file: str, report: Report) -> list[str]:
    """The digest that was judged, and what it has become by erasures: each says what it was before and after."""
    digests = [judged]
    for each in events:
        change = as_object(each.data.get(what))
        if each.kind == "erased" and change.get("before") == digests[-1]:
            digests.append(str(change.get("after")))
            report.note("erased", where=file, seq=each.seq)
    return digests


def rows_digest(rows: Iterable[dict[str, Any]]) -> str:
    """The digest by which events speak of rows: SHA-256 of their canonical forms, sorted, as one JSON list."""
    forms = sorted(
        json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
            "utf-8", "surrogatepass"
        )
        for row in rows
    )
    return hashlib.sha256(b"[" + b",".join(forms) + b"]").hexdigest()


def check_ratings(bundle: Bundle, report: Report, trail: Trail) -> None:
    """What each reviewer gave, review by review (one who was asked twice has two)."""
    which, counted = {}, Counter()  # type: ignore[var-annotated]
    for _, row in sorted(
        bundle.lines("rows/assignments.jsonl"), key=lambda each: as_number(each[1].get("id"))
    ):
        person = (row.get("dossier_id"), row.get("reviewer_id"))
        counted[person] += 1
        which[row.get("id")] = (*person, counted[person])
    here = {
        (*which.get(row.get("assignment_id"), ("", "", 0)), row.get("rubric"), row.get("criterion")): row.get(
            "value"
        )
        for _, row in bundle.lines("rows/ratings.jsonl")
    }
    compare(report, "rows/ratings.jsonl", "rating", here, _given(trail), "")


def _given(trail: Trail) -> dict[Any, Any]:
    said: dict[Any, Any] = {}
    for stream, events in trail.items():
        asked: Counter[str] = Counter()
        for each in events:
            if each.kind in ASKING:
                asked[str(each.data.get("reviewer"))] += 1
            elif each.kind == "rated":
                for (_, rubric, criterion), value in _rated({stream: [each]}, "rated", "ratings"):
                    said[stream, each.actor, asked[str(each.actor)], rubric, criterion] = value
    return said


def check_assignments(bundle: Bundle, report: Report, trail: Trail) -> None:
    """Who was asked to review, and how often; and who gave it back."""
    rows = [row for _, row in bundle.lines("rows/assignments.jsonl")]
    persons = [
        (row.get("dossier_id"), row.get("reviewer_id"), row.get("released_at") is not None) for row in rows
    ]
    for whom, what, here in (
        (_asked, "assigned", Counter(each[:2] for each in persons)),
        (_released, "released", Counter(each[:2] for each in persons if each[2])),
    ):
        said = Counter(
            (stream, whom(each))
            for stream, events in trail.items()
            for each in events
            if whom(each) is not None
        )
        compare(report, "rows/assignments.jsonl", what, here, said, 0)


ASKING = ("assigned", "claimed", "drawn", "handed_over")


def _asked(event: Said) -> Any:
    return event.data.get("reviewer") if event.kind in ASKING else None


def _released(event: Said) -> Any:
    """Handing over releases one reviewer and asks another."""
    if event.kind == "handed_over":
        return event.data.get("from")
    return event.data.get("reviewer") if event.kind == "released" else None


def check_votes(bundle: Bundle, report: Report, trail: Trail) -> None:
    """Who voted, and for what."""
    ballots = {row.get("id"): row.get("dossier_id") for _, row in bundle.lines("rows/ballots.jsonl")}
    here = {
        (ballots.get(row.get("ballot_id")), row.get("seq")): (row.get("member_id"), row.get("choice"))
        for _, row in bundle.lines("rows/votes.jsonl")
    }
    said = {
        (stream, each.seq): (each.actor, each.data["choice"])
        for stream, events in trail.items()
        for each in events
        if each.kind == "transition" and "choice" in each.data
    }
    compare(report, "rows/votes.jsonl", "vote", here, said, None)


def check_agreed(bundle: Bundle, report: Report, trail: Trail) -> None:
    """Ratings on which reviewers agreed."""
    columns = ("rubric", "criterion", "value")
    here = Counter(
        (row.get("dossier_id"), *(row.get(name) for name in columns))
        for _, row in bundle.lines("rows/agreed.jsonl")
    )
    said = Counter(
        (stream, *(each.data.get(name) for name in columns))
        for stream, events in trail.items()
        for each in events
        if each.kind == "consensus_reached"
    )
    compare(report, "rows/agreed.jsonl", "agreed", here, said, 0)


def check_filed(bundle: Bundle, report: Report, trail: Trail) -> None:
    """Which files lie in evidence, and which were taken back, by their digests."""
    rows = [row for _, row in bundle.lines("rows/evidence.jsonl")]
    columns = ("dossier_id", "rubric", "criterion", "sha256")
    keys = [(tuple(row.get(name) for name in columns), row.get("taken_back_at")) for row in rows]
    for kind, what, here in (
        ("evidence_filed", "evidence_filed", Counter(key for key, _ in keys)),
        (
            "evidence_taken_back",
            "evidence_taken_back",
            Counter(key for key, taken_back in keys if taken_back),
        ),
    ):
        said = Counter(
            (stream, *(each.data.get(name) for name in columns[1:]))
            for stream, events in trail.items()
            for each in events
            if each.kind == kind
        )
        compare(report, "rows/evidence.jsonl", what, here, said, 0)


ACCOUNTS = (check_answers, check_assignments, check_ratings, check_votes, check_agreed, check_filed)


# ---------------------------------------------------------------- files in evidence


def check_evidence(bundle: Bundle, report: Report, trail: Trail, folder: Path | None) -> None:
    """The stored files are those whose digests the rows name; read here where they are at hand."""
    stored = {row.get("file"): row.get("sha256") for _, row in bundle.lines("rows/stored_files.jsonl")}
    here = {name[len("evidence/") :]: bundle.digest(name) for name in bundle.names("evidence/")}
    at_hand = set(here.values()) | (_digests(folder) if folder else set())
    seen: Counter[bool] = Counter()
    for number, row in bundle.lines("rows/evidence.jsonl"):
        name, wanted = row.get("name"), row.get("sha256")
        read = here.get(str(row.get("file"))) or stored.get(row.get("file"))
        erased = erasure(trail.get(row.get("dossier_id"), []), "file", "evidence", row.get("id"))
        if read is None and erased:
            report.note("erased", where=f"rows/evidence.jsonl#{number}", seq=erased)
        elif read is None:
            report.wrong("no_file_of_evidence", "rows/evidence.jsonl", number, name=name)
        elif read != wanted:
            report.wrong("file_of_evidence", "rows/evidence.jsonl", number, name=name)
        else:
            seen[wanted in at_hand] += 1
    if seen[True]:
        report.note("evidence_seen", count=seen[True])
    if seen[False]:
        report.note("evidence_unseen", count=seen[False])


def _digests(folder: Path) -> set[str]:
    found = set()
    for path in folder.rglob("*"):
        if path.is_file():
            digest = hashlib.sha256()
            with path.open("rb") as file:
                for chunk in iter(lambda: file.read(CHUNK), b""):
                    digest.update(chunk)
            found.add(digest.hexdigest())
    return found


# ---------------------------------------------------------------- the rules by which was judged


def check_editions(bundle: Bundle, report: Report, mentioned: dict[str, str]) -> None:
    """Each edition is the one whose hash is its name, and each that events name is here."""
    files = {Path(file).stem: file for file in bundle.names("editions/", ".json")}
    for name, file in files.items():
        if bundle.digest(file) != name:
            report.wrong("edition", file)
    for edition, file in sorted(mentioned.items()):
        if edition not in files:
            report.wrong("edition_gone", file, edition=edition)


# ---------------------------------------------------------------- values of any shape


def as_object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def as_number(value: Any) -> int:
    return value if isinstance(value, int) else 0


def utf8(text: str) -> bytes:
    """Half a character, which JSON can spell, is no text and fits no digest."""
    return text.encode("utf-8", "surrogatepass")


def from_hex(value: Any) -> bytes:
    """Bytes that were no text, written {"hex": "..."}; none where it is something else."""
    try:
        return bytes.fromhex(as_object(value).get("hex", ""))
    except (TypeError, ValueError):
        return b""


# ---------------------------------------------------------------- the command


def as_text(report: Report, language: str) -> str:
    """One line for each problem, then notes, then what it has come to."""
    said, count = SENTENCES[language], {"events": report.events, "streams": report.streams}
    lines = [each.line(language) for each in report.problems]
    if report.origin:
        lines.append(filled(said["checkpoint"], language, {"origin": report.origin, "size": report.size}))
    lines += [filled(NOTES[code][language], language, facts) for code, facts in report.notes]
    verdict = said["right"] if report.ok else said["wrong"]
    lines.append(filled(verdict, language, {**count, "problems": len(report.problems)}))
    return "\n".join(lines)


def as_document(report: Report, language: str) -> dict[str, Any]:
    return {
        "ok": report.ok,
        "origin": report.origin,
        "size": report.size,
        "events": report.events,
        "streams": report.streams,
        "problems": [
            {
                "code": each.code,
                "file": each.file,
                "seq": each.seq,
                "what": each.what(language),
                "smells_of": each.smell(language),
                "facts": each.facts,
            }
            for each in report.problems
        ],
        "notes": [
            {"code": code, "text": filled(NOTES[code][language], language, facts)}
            for code, facts in report.notes
        ],
    }


def check_at(path: Path, trusted: Trusted) -> Report:
    """The same for a zip or a folder. Raises BadInput."""
    source: Any = Folder(path) if path.is_dir() else Zip(path)
    try:
        return check(source, trusted)
    finally:
        source.close()


def trust(keys: Iterable[str], checkpoint: str | None, evidence: str | None) -> Trusted:
    """What an auditor brings along, from the command line. Raises BadInput."""
    folder = Path(evidence) if evidence else None
    if folder and not folder.is_dir():
        raise BadInput("no_folder", path=folder)
    return Trusted(tuple(_trusted_keys(keys)), _kept(checkpoint) if checkpoint else None, folder)


def _trusted_keys(given: Iterable[str]) -> Iterator[Key]:
    for each in given:
        try:
            lines = Path(each).read_text().splitlines() if "+" not in each else [each]
            yield from read_keys(lines)
        except (OSError, ValueError):
            raise BadInput("no_key", path=each) from None


def _kept(path: str) -> tuple[str, Checkpoint]:
    try:
        return path, read_checkpoint(Path(path).read_bytes())
    except (OSError, ValueError):
        raise BadInput("no_checkpoint", path=path) from None


def _language() -> str:
    wanted = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "ar" if wanted.startswith("ar") else "en"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="verify_trail.py", description="Check a bundle of a decision trail."
    )
    parser.add_argument(
        "bundle", nargs="?", default=str(Path(__file__).resolve().parent), help="zip or folder"
    )
    parser.add_argument("--checkpoint", metavar="FILE", help="a checkpoint that you kept earlier")
    parser.add_argument(
        "--key", action="append", default=[], help="a public key that you trust, or a file with it"
    )
    parser.add_argument("--evidence", metavar="FOLDER", help="files in evidence that you have")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--language", choices=("ar", "en"), default=_language())
    asked = parser.parse_args(arguments)
    try:
        report = check_at(Path(asked.bundle), trust(asked.key, asked.checkpoint, asked.evidence))
    except BadInput as error:
        sys.stderr.write(f"{error.said(asked.language)}\n")
        return 2
    if asked.json:
        text = json.dumps(as_document(report, asked.language), ensure_ascii=False, indent=2)
    else:
        text = as_text(report, asked.language)
    sys.stdout.write(f"{text}\n")
    return 0 if report.ok else 1


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))
