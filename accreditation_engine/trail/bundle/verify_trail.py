#!/usr/bin/env python3
"""Check a bundle of a decision trail, with nothing but Python.

    python verify_trail.py BUNDLE.zip [--checkpoint EARLIER.txt] [--key KEY] [--evidence FOLDER]
                                      [--json] [--language ar|en]

BUNDLE is a zip or the folder it was unpacked into; left out, it is the folder in which this file lies. The site
from which the bundle came need not exist any more. Exit code 0: all is as it was written. 1: something is wrong,
one line each. 2: what was given cannot be read.

How to be sure: keep a checkpoint today, from the site or from a bundle, and its key (KEY is the line of keys.txt,
or a file that holds it), where the site cannot reach them. A bundle that is made later must continue that
checkpoint; where the site has changed its key since, the bundle leads from the one to the other. Without them a
bundle shows that it agrees with itself and with whoever signed it, no more.

Every value that a bundle shows is compared with its signed events, or listed as one that nothing proves.

Needs Python 3.9 or later. Signatures are checked by the package `cryptography` where it is installed, else by this
file.
Hashes: SHA-256. Tree and proofs: RFC 9162, section 2.1. Checkpoints: C2SP signed-note and tlog-checkpoint.
Signatures: Ed25519, RFC 8032.
"""

import sys

if sys.version_info < (3, 9):  # noqa: UP036 # older ones read so far: annotations new to them are in quotes
    sys.stderr.write("verify_trail.py needs Python 3.9 or later / يلزم بايثون 3.9 أو أحدث\n")
    sys.exit(2)

import argparse
import base64
import hashlib
import io
import json
import os
import re
import zipfile
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

FORMAT = 3
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
    "part_missing": {
        "en": ("every bundle has this part, and it is not here", "a part was left out"),
        "ar": ("هذا الجزء في كل حزمة وليس هنا", "حذف جزء من الحزمة"),
    },
    "part_unknown": {
        "en": ("no bundle has such a part, and nothing here checks it", "something was put into the bundle"),
        "ar": ("لا جزء كهذا في أي حزمة، ولا شيء هنا يتحقق منه", "إضافة شيء إلى الحزمة"),
    },
    "manifest": {
        "en": ("{column} is '{here}', and it should be '{said}'", "the manifest was edited"),
        "ar": ("{column} هو '{here}' والصحيح '{said}'", "تعديل بيان المحتويات"),
    },
    "empty": {
        "en": ("there is not one event in it", "everything was left out"),
        "ar": ("ليست فيها أي واقعة", "حذف كل شيء"),
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
    "impossible_step": {
        "en": (
            "its edition has no step '{step}' from '{source}' to '{target}' for '{role}'",
            "an event was put in",
        ),
        "ar": ("لا خطوة '{step}' في إصدارها من '{source}' إلى '{target}' لمن دوره '{role}'", "دس واقعة"),
    },
    "impossible_source": {
        "en": ("it leaves '{source}', and its file stood in '{stood}'", "an event was put in"),
        "ar": ("تخرج من '{source}' وملفها كان في '{stood}'", "دس واقعة"),
    },
    "impossible_edition": {
        "en": ("its edition is not the one that its file was opened under", "an event was put in"),
        "ar": ("إصدارها غير الإصدار الذي فتح ملفها بمقتضاه", "دس واقعة"),
    },
    "impossible_comment": {
        "en": ("it needs a comment, and has none", "an event was put in"),
        "ar": ("تحتاج إلى تعليق وليس لها تعليق", "دس واقعة"),
    },
    "impossible_decision": {
        "en": ("it decides, and does not say what was judged", "an event was put in"),
        "ar": ("هي قرار ولا تبين ما بني عليه", "دس واقعة"),
    },
    "impossible_vote": {
        "en": ("no such vote could be cast there and then", "a vote was put in"),
        "ar": ("لا يمكن الإدلاء بصوت كهذا آنذاك", "دس صوت"),
    },
    "other_votes": {
        "en": ("it counts other votes than were cast", "a vote or a decision was rewritten"),
        "ar": ("تعد أصواتا غير التي أدلي بها", "إعادة كتابة صوت أو قرار"),
    },
    "impossible_role": {
        "en": ("events do not say that its actor was '{role}' then", "an event was put in"),
        "ar": ("لا تقول الوقائع إن فاعلها كان '{role}' آنذاك", "دس واقعة"),
    },
    "impossible_erasure": {
        "en": ("'{role}' erases nothing", "an erasure was put in"),
        "ar": ("لا يمحو '{role}' شيئا", "دس واقعة محو"),
    },
    "moment_back": {
        "en": (
            "it is dated {at}, before an event that came earlier, of {earlier}",
            "an event was dated back or ahead",
        ),
        "ar": ("تاريخها {at} قبل تاريخ واقعة سبقتها: {earlier}", "تقديم تاريخ واقعة أو تأخيره"),
    },
    "moment_to_come": {
        "en": ("it is dated {at}, which is to come", "an event was dated ahead, or this clock is wrong"),
        "ar": ("تاريخها {at} لم يأت بعد", "تأخير تاريخ واقعة، أو خطأ في ساعة هذا الجهاز"),
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
            "{streams} streams and {events} events were signed that the site has no more",
            "whole streams were deleted",
        ),
        "ar": (
            "وُقّع على {streams} من السلاسل و{events} من الوقائع ولم تعد لدى النظام",
            "حذف سلاسل بأكملها",
        ),
    },
    "not_everything": {
        "en": (
            "it should hold all that the checkpoint knows, and {streams} streams and {events} events are not here",
            "whole streams were deleted or left out",
        ),
        "ar": (
            "ينبغي أن تحمل كل ما تعرفه نقطة التحقق، و{streams} من السلاسل و{events} من الوقائع ليست هنا",
            "حذف سلاسل بأكملها أو تركها خارج الحزمة",
        ),
    },
    "stream_gone": {
        "en": ("it speaks of {which}, whose events are not here", "a stream was deleted or left out"),
        "ar": ("تذكر {which} ووقائعه ليست هنا", "حذف سلسلة أو تركها خارج الحزمة"),
    },
    "certificate_gone": {
        "en": ("a certificate was issued with it, and is not here", "a certificate was deleted or left out"),
        "ar": ("صدرت بموجبها شهادة، وهي ليست هنا", "حذف شهادة أو تركها خارج الحزمة"),
    },
    "certificate_alone": {
        "en": ("no decision here has issued this certificate", "a certificate was made up"),
        "ar": ("لا قرار هنا أصدر هذه الشهادة", "اختلاق شهادة"),
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
        "en": (
            "no key that is trusted has signed it, and none to which such a key leads",
            "it was forged under another key",
        ),
        "ar": ("لم يوقعها مفتاح موثوق به ولا مفتاح يؤدي إليه مفتاح موثوق به", "تزويرها بمفتاح آخر"),
    },
    "key_alone": {
        "en": ("no event and no signature leads to the key {key}", "a key was put in"),
        "ar": ("لا تؤدي واقعة ولا توقيع إلى المفتاح {key}", "إدخال مفتاح"),
    },
    "key_gone": {
        "en": ("the key {key}, of which event {event} speaks, is not among them", "a key was left out"),
        "ar": ("المفتاح {key} تذكره الواقعة {event} وليس بينها", "حذف مفتاح"),
    },
    "fewer_streams": {
        "en": (
            "it knows {here} streams, and the later checkpoint only {later}",
            "streams were deleted and the tree built anew",
        ),
        "ar": (
            "تعرف {here} من السلاسل ولا تعرف نقطة التحقق اللاحقة سوى {later}",
            "حذف سلاسل وإعادة بناء الشجرة",
        ),
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
    "checkpoint_gone": {
        "en": (
            "there is a proof that the bundle continues the checkpoint of {size} events, and that is not here",
            "an earlier checkpoint was left out",
        ),
        "ar": (
            "هنا دليل على أن الحزمة تكمل نقطة التحقق ذات {size} واقعة، وهذه النقطة ليست هنا",
            "حذف نقطة تحقق سابقة",
        ),
    },
    "misnamed": {
        "en": ("it is the checkpoint of {size} events, under another name", "a checkpoint was renamed"),
        "ar": ("هي نقطة التحقق ذات {size} واقعة باسم غير اسمها", "تغيير اسم نقطة تحقق"),
    },
    "proof_of_another": {
        "en": (
            "a proof speaks of a checkpoint of {here} events, and that of the bundle has {size}",
            "proofs were edited",
        ),
        "ar": ("دليل يذكر نقطة تحقق ذات {here} واقعة، ونقطة الحزمة ذات {size}", "تعديل الأدلة"),
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
    "not_erased": {
        "en": ("event {event} says that it was erased, and it is here", "it was put back"),
        "ar": ("تقول الواقعة {event} إنه محي، وهو هنا", "إعادته بعد محوه"),
    },
    "name_added": {
        "en": ("no event speaks of this name, or it stands here twice", "a name was put in"),
        "ar": ("لا تذكر هذا الاسم أي واقعة، أو هو هنا مرتين", "إدخال اسم"),
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
    "kind": {
        "en": (
            "it stands here as '{here}', and its rules are those of '{said}'",
            "it was passed off as another",
        ),
        "ar": ("موجود هنا على أنه '{here}' وقواعده قواعد '{said}'", "تقديمه على أنه شيء آخر"),
    },
    "row": {
        "en": (
            "{what} {which}: {column} is '{here}', and the events say '{said}'",
            "the row was edited past the trail",
        ),
        "ar": ("{what} {which}: {column} هو '{here}' وتقول الوقائع '{said}'", "تعديل الصف دون المرور بالسجل"),
    },
    "row_text": {
        "en": (
            "{what} {which}: {column} is not the text of which the events carry the digest",
            "the text was edited past the trail",
        ),
        "ar": ("{what} {which}: {column} ليس النص الذي تحمل الوقائع بصمته", "تعديل النص دون المرور بالسجل"),
    },
    "row_gone": {
        "en": ("{what} {which}: events speak of it, and it is not here", "a row was deleted"),
        "ar": ("{what} {which}: تذكره الوقائع وليس هنا", "حذف صف"),
    },
    "row_added": {
        "en": ("{what} {which}: it is here, and no event speaks of it", "a row was put in"),
        "ar": ("{what} {which}: موجود هنا ولا تذكره أي واقعة", "إدخال صف"),
    },
    "row_twice": {
        "en": ("{what} {which}: it stands here twice", "a row was put in beside the true one"),
        "ar": ("{what} {which}: موجود هنا مرتين", "إدخال صف إلى جانب الصف الصحيح"),
    },
    "row_columns": {
        "en": ("these do not belong here, or are missing: {columns}", "the line was edited"),
        "ar": ("لا مكان لها هنا أو هي ناقصة: {columns}", "تعديل السطر"),
    },
    "judged": {
        "en": (
            "{what} were judged at event {event}, and are not any more what was judged",
            "what had been judged was edited",
        ),
        "ar": ("{what} حُكم عليها في الواقعة {event} ولم تعد كما كانت", "تعديل ما سبق الحكم عليه"),
    },
    "judged_otherwise": {
        "en": (
            "{what} that it says were judged are not those that the events before it tell of",
            "what was judged was copied from another file, or rewritten",
        ),
        "ar": (
            "{what} التي تقول إنها بُنيت عليها غير ما تذكره الوقائع التي قبلها",
            "نسخ ما بُني عليه من ملف آخر أو إعادة كتابته",
        ),
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
    "edition_added": {
        "en": ("no event speaks of this edition", "rules were put in"),
        "ar": ("لا تذكر هذا الإصدار أي واقعة", "إدخال قواعد"),
    },
    "edition_gone": {
        "en": ("the edition {edition} is not here", "the rules were removed"),
        "ar": ("الإصدار {edition} غير موجود", "إزالة القواعد"),
    },
}
NOTES = {
    "kinds_unknown": {
        "en": "Kinds of events that this verifier does not know: {kinds}. A later version of the site may write"
        " them; if this file came with the bundle, somebody else did",
        "ar": "أنواع وقائع لا يعرفها هذا المتحقق: {kinds}. قد تكتبها نسخة أحدث من الموقع،"
        " فإن جاء هذا الملف مع الحزمة فقد كتبها غير الموقع",
    },
    "roles_unproved": {
        "en": "Not proved here: who held which role; a bundle of everything has it. {events} events rest on it",
        "ar": "غير مثبت هنا: من كان له أي دور. ذلك في حزمة كل شيء، وعليه تقوم {events} من الوقائع",
    },
    "own_keys": {
        "en": "The keys are the bundle's own and prove nothing by themselves: compare them with a key that you"
        " were given by another way, or give that one with --key.",
        "ar": "المفاتيح من الحزمة نفسها ولا تثبت شيئا وحدها: قارنها بمفتاح وصلك بطريق آخر، أو اذكره مع --key.",
    },
    "no_earlier": {
        "en": "No earlier checkpoint was given (--checkpoint): whoever holds the signing key, or the machine that"
        " signs, could have rewritten all.",
        "ar": "لم تُذكر نقطة تحقق سابقة (--checkpoint): من يملك مفتاح التوقيع أو الجهاز الذي يوقع"
        " كان يمكنه إعادة كتابة كل شيء.",
    },
    "continues": {
        "en": "It continues your checkpoint of {size} events.",
        "ar": "تكمل نقطة التحقق لديك ذات {size} واقعة.",
    },
    "of_themselves": {
        "en": "README.txt, manifest.json and the verify_trail.py inside the bundle prove nothing of themselves:"
        " better read and run copies that you got by another way.",
        "ar": "ملفات README.txt وmanifest.json وverify_trail.py التي في الحزمة لا تثبت شيئا عن نفسها:"
        " الأولى قراءة نسخ وصلتك بطريق آخر وتشغيلها.",
    },
    "some_earlier": {
        "en": "Earlier checkpoints that it continues: {count}. Nothing proves that no others were left out: keep"
        " your own.",
        "ar": "نقاط التحقق السابقة التي تكملها: {count}. ولا دليل على أن غيرها لم يُحذف: احتفظ بنقاطك.",
    },
    "loss_accepted": {
        "en": "On {day} somebody answered for a loss of signed events: {signed} had been signed, and {held} were"
        " there. Only a checkpoint that was kept elsewhere shows what is lost.",
        "ar": "في {day} قُبل فقد وقائع موقعة: كان الموقع منها {signed} والموجود {held}. لا يُظهر ما فُقد"
        " إلا نقطة تحقق حُفظت في مكان آخر.",
    },
    "renamed": {
        "en": "The trail bore the name {before} before, and bears {now} now; it is the same trail, continued: a"
        " name says nothing of what is in it.",
        "ar": "كان اسم السجل من قبل {before} واسمه الآن {now}؛ وهو السجل نفسه متصلا: فالاسم لا يقول شيئا عما فيه.",
    },
    "signed_by": {
        "en": "Signed by {key}; checked by {by}.",
        "ar": "موقعة من {key}؛ وتحقق من التوقيع {by}.",
    },
    "not_made": {
        "en": "The site could not make a checkpoint for this bundle: {why}",
        "ar": "لم يتمكن النظام من إنشاء نقطة تحقق لهذه الحزمة: {why}",
    },
    "linked": {
        "en": "{key} is trusted because {by} is: both have signed the checkpoint of {size} events.",
        "ar": "{key} موثوق به لأن {by} موثوق به: وقعا معا نقطة التحقق ذات {size} واقعة.",
    },
    "linked_by_event": {
        "en": "{key} is trusted because {by} is: event {where} names it, under the checkpoint that {by} has"
        " signed.",
        "ar": "{key} موثوق به لأن {by} موثوق به: تسميه الواقعة {where}، وتشملها نقطة التحقق التي وقعها {by}.",
    },
    "holds": {
        "en": "Here are {streams} of the {all_streams} streams and {events} of the {all_events} events that the"
        " checkpoint knows. Of the others it says nothing.",
        "ar": "هنا من السلاسل {streams} من أصل {all_streams}، ومن الوقائع {events} من أصل {all_events}، مما تعرفه"
        " نقطة التحقق. ولا تقول الحزمة شيئا عن الباقي.",
    },
    "complete": {
        "en": "Here is everything: each of the {all_events} events in each of the {all_streams} streams that the"
        " checkpoint knows.",
        "ar": "هنا كل ما تعرفه نقطة التحقق: السلاسل كلها (عددها {all_streams}) والوقائع كلها (عددها"
        " {all_events}).",
    },
    "file": {
        "en": "Accreditation file {number} of {name_en} ({name_ar}, registered as {registration_number}).",
        "ar": "ملف الاعتماد {number}، وصاحبته {name_ar} ({name_en}، رقم القيد {registration_number}).",
    },
    "more_files": {
        "en": "And {count} more accreditation files.",
        "ar": "وغيرها من ملفات الاعتماد (عددها {count}).",
    },
    "certificate": {
        "en": "Certificate {number} was issued to {holder_en} ({holder_ar}, registered as {holder_number}) with"
        " the outcome '{outcome}'; it is '{state}'.",
        "ar": "الشهادة {number} صدرت إلى {holder_ar} ({holder_en}، رقم القيد {holder_number}) بالتصنيف"
        " '{outcome}'، وهي في المرحلة '{state}'.",
    },
    "latest": {
        "en": "The last event here was written on {at}.",
        "ar": "آخر واقعة هنا كُتبت في {at}.",
    },
    "erased": {
        "en": "{where}: {what} was erased on {at} by {by} ({role}); event {seq} of stream {stream} says so.",
        "ar": "{where}: محو {what} في {at} بمعرفة {by} ({role})؛ تذكره الواقعة {seq} من السلسلة {stream}.",
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
    "answers": {"en": "the answer to", "ar": "الإجابة عن"},
    "answers_judged": {"en": "the answers", "ar": "الإجابات"},
    "assignments": {"en": "the review by", "ar": "مراجعة"},
    "ratings": {"en": "the rating by", "ar": "الدرجة من"},
    "proposals": {"en": "the proposal of event", "ar": "اقتراح الواقعة"},
    "consents": {"en": "the consent to the proposal of event", "ar": "الموافقة على اقتراح الواقعة"},
    "agreed": {"en": "what was agreed on the proposal of event", "ar": "المتفق عليه باقتراح الواقعة"},
    "ballots": {"en": "ballot", "ar": "جولة التصويت"},
    "closings": {"en": "the end of ballot", "ar": "إغلاق جولة التصويت"},
    "votes": {"en": "the vote of event", "ar": "صوت الواقعة"},
    "dissents": {"en": "the dissent of event", "ar": "الرأي المخالف المذكور في الواقعة"},
    "recusals": {"en": "the recusal of event", "ar": "التنحي المذكور في الواقعة"},
    "minutes": {"en": "the minutes of event", "ar": "المحضر المذكور في الواقعة"},
    "evidence": {"en": "the file in evidence for", "ar": "الشاهد على"},
    "declarations": {"en": "the declaration of event", "ar": "إقرار الواقعة"},
    "interests": {"en": "the interest of event", "ar": "تعارض المصالح المذكور في الواقعة"},
    "objections": {"en": "the objection of event", "ar": "اعتراض الواقعة"},
    "overrides": {"en": "the exception of event", "ar": "استثناء الواقعة"},
    "tie_withdrawals": {"en": "the tie taken back in event", "ar": "الصلة المسحوبة في الواقعة"},
    "visits": {"en": "the visit of event", "ar": "زيارة الواقعة"},
    "contests": {"en": "the point contested in event", "ar": "وجه الاعتراض في الواقعة"},
    "contest_files": {
        "en": "the file with the point contested in event",
        "ar": "الملف المرفق بوجه الاعتراض في الواقعة",
    },
    "questions": {"en": "the question of event", "ar": "استيضاح الواقعة"},
    "question_files": {
        "en": "the file with the answer to the question of event",
        "ar": "الملف المرفق بإجابة استيضاح الواقعة",
    },
    "organisations": {"en": "the organisation", "ar": "المنظمة"},
    "complaint_files": {"en": "the file with the concern", "ar": "الملف المرفق بالشكوى"},
    "corrections": {"en": "the corrective file", "ar": "ملف الإجراء التصحيحي"},
    "upkeep_files": {"en": "the file with the upkeep", "ar": "الملف المرفق بالمتابعة"},
    "stored_files": {"en": "the stored file", "ar": "الملف المحفوظ"},
    "subjects": {"en": "the row of", "ar": "صف"},
    "finding": {"en": "the finding", "ar": "ملاحظة المراجعة"},
    "judged_evidence": {"en": "the files in evidence", "ar": "الشواهد"},
    "judged_ratings": {"en": "the ratings", "ar": "الدرجات"},
    "judged_consensus": {"en": "the ratings agreed on", "ar": "الدرجات المتفق عليها"},
    "judged_findings": {"en": "the findings", "ar": "ملاحظات المراجعة"},
    "judged_scope": {"en": "the scope of the certificate", "ar": "نطاق الشهادة"},
    "judged_editions": {"en": "the editions of rubrics", "ar": "إصدارات أدوات التقييم"},
    "judged_sheets": {"en": "the results", "ar": "النتائج"},
}
ERASED = {
    "comment": {"en": "a comment", "ar": "تعليق"},
    "name": {"en": "a name", "ar": "اسم"},
    "narrative": {"en": "the text of an answer", "ar": "نص إجابة"},
    "note": {"en": "the note beside a rating", "ar": "ملاحظة بجانب درجة"},
    "file_name": {"en": "the name of a file", "ar": "اسم ملف"},
    "file": {"en": "the content of a file", "ar": "محتوى ملف"},
    "complaint_file": {"en": "a file with a concern", "ar": "ملف مرفق بشكوى"},
    "profile_document": {"en": "a document of the organisation", "ar": "وثيقة للمنظمة"},
    "upkeep_file": {
        "en": "a file with what was filed for a certificate",
        "ar": "ملف مما قدم لبقاء شهادة سارية",
    },
}
ROLES = {
    "administrator": {"en": "administrator", "ar": "مدير النظام"},
    "applicant": {"en": "applicant", "ar": "المنظمة المتقدمة"},
    "coordinator": {"en": "coordinator", "ar": "المنسق"},
    "methodologist": {"en": "methodologist", "ar": "مسؤول المنهجية"},
    "system": {"en": "system", "ar": "النظام"},
    "": {"en": "role not told", "ar": "الصفة غير مذكورة"},
}
NOBODY = {"en": "the system", "ar": "النظام"}
NAMELESS = {"en": "somebody whose name is not here", "ar": "شخص ليس اسمه هنا"}
WORDS_FOR: dict[str, dict[Any, dict[str, str]]] = {
    "what": {**THINGS, **ERASED},
    "role": ROLES,
    "by": {"": NOBODY, None: NAMELESS},
}
"""Facts that are codes: the words for each."""

KINDS_APART = {"en": " ({0} instead of {1})", "ar": " ({0} بدلا من {1})"}
OF_A_KIND: dict[Any, dict[str, str]] = {
    str: {"en": "text", "ar": "نص"},
    int: {"en": "a whole number", "ar": "عدد صحيح"},
    float: {"en": "a number with a fraction", "ar": "عدد عشري"},
    bool: {"en": "true or false", "ar": "صواب أو خطأ"},
    list: {"en": "a list", "ar": "قائمة"},
    dict: {"en": "an object", "ar": "كائن"},
    type(None): {"en": "nothing", "ar": "لا شيء"},
}

SENTENCES = {
    "en": {
        "right": "All right: {events} events in {streams} streams are as they were written.",
        "wrong": "Wrong: {problems} problems in {events} events of {streams} streams.",
        "smells": "smells of: {smell}",
        "checkpoint": "Checkpoint of {origin}: {size} events.",
        "unproved": "Nothing proves this, the site alone says it: {file}, {column} (rows: {rows}).",
    },
    "ar": {
        "right": "سليمة: {events} واقعة في {streams} سلسلة كما كُتبت.",
        "wrong": "غير سليمة: {problems} مشكلة في {events} واقعة من {streams} سلسلة.",
        "smells": "يشبه: {smell}",
        "checkpoint": "نقطة تحقق من {origin}: {size} واقعة.",
        "unproved": "لا دليل على هذا سوى قول النظام: {file}، {column} (عدد الصفوف: {rows}).",
    },
}


def in_words(template: str, language: str, facts: dict[str, Any]) -> str:
    """`template` with its facts: codes in words, which need no isolate."""
    rest = dict(facts)
    for name, words in WORDS_FOR.items():
        if name in rest and rest[name] in words:
            template = template.replace(f"{{{name}}}", words[rest.pop(name)][language])
    return filled(template, language, rest)


def unlike_kinds(facts: dict[str, Any], language: str) -> str:
    """What tells two values apart that are written alike: '2' is not 2."""
    here, there = facts.get("here"), facts.get("said")
    if here.__class__ is there.__class__ or str(here) != str(there):
        return ""
    return KINDS_APART[language].format(*(OF_A_KIND[each.__class__][language] for each in (here, there)))


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
        said = in_words(PROBLEMS[self.code][language][0], language, self.facts)
        return said + unlike_kinds(self.facts, language)

    def smell(self, language: str) -> str:
        return PROBLEMS[self.code][language][1]

    def line(self, language: str) -> str:
        smells = filled(SENTENCES[language]["smells"], language, {"smell": self.smell(language)})
        return f"{filled('{where}', language, {'where': self.where()})}: {self.what(language)} ({smells})"


@dataclass
class Report:
    """What the check has come to. `unproved` counts, by file and column, rows of which nothing but the site says
    that their value there is true."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    unproved: Counter[tuple[str, str]] = field(default_factory=Counter)
    events: int = 0
    streams: int = 0
    origin: str = ""
    size: int = 0

    def wrong(self, code: str, file: str, seq: int = 0, **facts: Any) -> None:
        self.problems.append(Problem(code, file, seq, facts))

    def note(self, code: str, **facts: Any) -> None:
        self.notes.append((code, facts))

    def note_once(self, code: str, **facts: Any) -> None:
        if (code, facts) not in self.notes:
            self.note(code, **facts)

    def unproven(self, file: str, column: str) -> None:
        self.unproved[file, column] += 1

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
    "format": {
        "en": "the bundle is of format {format}, and this file reads format {reads}; check it with the"
        " verify_trail.py of the release that made it, or ask the site for a new one",
        "ar": "الحزمة من الصيغة {format} وهذا الملف يقرأ الصيغة {reads}؛ تحقق منها بملف verify_trail.py من الإصدار"
        " الذي أعدها، أو اطلب من النظام حزمة جديدة",
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
        folders = {f"{above}/" for name in names for above in Path(name).parents if not name.endswith("/")}
        entries = {each.filename: each.file_size for each in self._zip.infolist()}
        return frozenset(each for each in names if each not in folders or entries[each])

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
        return self.measured(name)[0]

    def measured(self, name: str) -> tuple[str, int]:
        """SHA-256 and size."""
        digest, size = hashlib.sha256(), 0
        for chunk in self.chunks(name):
            digest.update(chunk)
            size += len(chunk)
        return digest.hexdigest(), size

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
            return DECODER.decode(text.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            self.report.wrong("unreadable", name, number, why=str(error))
            return None


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON. A name that stands in it twice would mean one thing to one reader and another to the
    next."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(f"a name stands twice among {', '.join(sorted(found))}")
    return found


DECODER = json.JSONDecoder(object_pairs_hook=once)


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
        path = [unhexed(each) for each in said]
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


def key_of(name: str, public: bytes) -> Key:
    """A key by the name under which it signs, and its 32 bytes. Raises ValueError."""
    if len(public) != 32:
        raise ValueError("no Ed25519 key")
    return Key(name, hashlib.sha256(name.encode() + b"\n\x01" + public).digest()[:4], public)


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


def name_of(key: Key) -> str:
    return f"{key.name}+{key.id.hex()}"


Notes = list  # of (file, checkpoint); the bundle's own first, the one that the auditor kept last
Made = (
    dict  # keys of which an event of the signed tree says that they were made, and where: a file and a number
)


@dataclass(frozen=True)
class Reached:
    """That a key is trusted because `by` is: both have signed the checkpoint of `size` events, or the event
    `where` names it, under the checkpoint that `by` has signed."""

    by: Key
    size: int = 0
    where: str = ""


def signers_of(notes: Notes, known: Iterable[Key], report: Report) -> "list[list[Key] | None]":
    """Which of the known keys have signed each of `notes`; None where a signature of one of them was forged."""
    by_id = {(key.name, key.id): key for key in known}
    return [_signers(file, note, by_id, report) for file, note in notes]


def _signers(
    file: str, note: Checkpoint, known: dict[tuple[str, bytes], Key], report: Report
) -> "list[Key] | None":
    fits, found = signature_check()[0], []
    for name, identity, signature in note.signatures:
        key = known.get((name, identity))
        if key is not None and not fits(key.public, signature, note.text):
            report.wrong("bad_signature", file, key=name_of(key))
            return None
        found += [key] if key is not None else []
    return found


def reach(
    trusted: Iterable[Key], notes: Notes, signers: "list[list[Key] | None]", made: Made
) -> "dict[Key, Reached | None]":
    """All keys to which the trusted ones lead, and how; a trusted one by nothing."""
    reached: dict[Key, Reached | None] = dict.fromkeys(trusted)
    before = -1
    while len(reached) > before:
        before = len(reached)
        for number, (_, note) in enumerate(notes):
            by = next((each for each in signers[number] or () if each in reached), None)
            if by is None:
                continue
            for each in signers[number] or ():
                reached.setdefault(each, Reached(by, size=note.size))
            for each, (file, seq) in made.items() if number == 0 else ():
                reached.setdefault(each, Reached(by, where=f"{file}#{seq}"))
    return reached


def check_signatures(
    notes: Notes, trusted: list[Key], own: list[Key], made: Made, report: Report
) -> list[bool]:
    """Each of `notes` is signed by a key that the auditor trusts, or by one to which such a key leads; gives
    whether it is.

    Keys lead to each other where the site changed its key: by a checkpoint that both have signed, and by the
    events that say which keys were made, under the newest checkpoint. Where the auditor trusts none, trust begins
    with whoever has signed that one.
    """
    signers = signers_of(notes, [*trusted, *own, *made], report)
    reached = reach(trusted or signers[0] or (), notes, signers, made)
    good = [any(each in reached for each in found or ()) for found in signers]
    for number, (file, _) in enumerate(notes):
        if signers[number] is not None and not good[number]:
            report.wrong("unknown_signer", file)
    for key in signers[0] or ():
        if key in reached:
            report.note("signed_by", key=name_of(key), by=signature_check()[1])
    tell_links(reached, report)
    return good


def tell_links(reached: "dict[Key, Reached | None]", report: Report) -> None:
    """By what each key is trusted that the auditor has not named."""
    for key, how in reached.items():
        if how is not None and how.where:
            report.note("linked_by_event", key=name_of(key), by=name_of(how.by), where=how.where)
        elif how is not None:
            report.note("linked", key=name_of(key), by=name_of(how.by), size=how.size)


def check_keys(trusted: Iterable[Key], own: list[Key], made: Made, report: Report) -> None:
    """The bundle's own list of keys has those of which events speak, and no others."""
    for key in own:
        if key not in made and key not in trusted:
            report.wrong("key_alone", "keys.txt", key=name_of(key))
    for key, (file, seq) in made.items():
        if key not in own:
            report.wrong("key_gone", "keys.txt", key=name_of(key), event=f"{file}#{seq}")


# ---------------------------------------------------------------- what was asked


@dataclass(frozen=True)
class Trusted:
    """What the auditor brings along: keys, an earlier checkpoint (file name and content), a folder of evidence."""

    keys: tuple[Key, ...] = ()
    earlier: "tuple[str, Checkpoint] | None" = None
    evidence: "Path | None" = None


def check(source: Any, trusted: "Trusted | None" = None) -> Report:
    """Everything that a bundle lets one check. Raises BadInput for a bundle of another format."""
    report = Report()
    bundle = Bundle(source, report)
    return _Check(bundle, report, trusted or Trusted()).all()


class _Check:
    """One check of one bundle, part by part."""

    def __init__(self, bundle: Bundle, report: Report, trusted: Trusted) -> None:
        self.bundle, self.report, self.trusted = bundle, report, trusted
        self.manifest: dict[str, Any] = {}
        self.proofs: dict[str, Any] = {}
        self.checkpoint: Checkpoint | None = None
        self.trail: Trail = {}
        self.covered = Covered()
        self.mentions = Mentions()
        self.erasures: list[Said] = []
        self.schemes: dict[str, Scheme] = {}
        self.told = Told()

    def all(self) -> Report:
        bundle, report, trail = self.bundle, self.report, self.trail
        self._part("manifest.json", self._manifest)
        self._part("proofs.json", self._checkpoint)
        for file in bundle.names("events/", ".jsonl"):
            self._part(file, partial(self._stream, file))
        self._part("proofs.json", self._signatures)
        self._part("names.jsonl", self._names)
        self._part("editions/", self._editions)
        self._part("events/", lambda: self.told.all(trail, self.schemes, report))
        everything = self.manifest.get("everything") is True
        self._part("events/", lambda: check_possible(report, trail, self.schemes, self.covered, everything))
        self._part("subjects.jsonl", lambda: check_subjects(bundle, report, trail, self.schemes, self.told))
        for table in TABLES:
            self._part(f"rows/{table}.jsonl", partial(check_table, table, bundle, report, self.told))
        self._part("rows/answers.jsonl", lambda: check_answers_judged(bundle, report, trail))
        self._part("evidence/", lambda: check_evidence(bundle, report, self.trusted.evidence))
        self._part("events/", lambda: check_spoken_of(report, trail, self.schemes))
        self._part("proofs.json", self._whole)
        return report

    def _part(self, file: str, check: Callable[[], None]) -> None:
        """What stands where nothing of its shape belongs is a problem of its own, and the other parts are
        checked all the same."""
        try:
            check()
        except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError) as error:
            self.report.wrong("unreadable", file, why=f"{type(error).__name__}: {error}")

    def _manifest(self) -> None:
        self.manifest = check_manifest(self.bundle, self.report)

    def _checkpoint(self) -> None:
        self.proofs = self.bundle.document("proofs.json")
        self.checkpoint = read_note(self.bundle, self.report, CHECKPOINT)
        check_origin(self.manifest, self.checkpoint, self.report)
        check_proofs(self.proofs, self.report)

    def _stream(self, file: str) -> None:
        stream = Stream(file, self.report, self.checkpoint, as_object(self.proofs.get("ends")), self.covered)
        for _, line in self.bundle.lines(file):
            stream.take(line)
        stream.end()
        self.report.streams, self.report.events = self.report.streams + 1, self.report.events + stream.count
        check_comments(self.bundle, self.report, stream)
        self.trail[stream.name] = stream.said
        self.mentions.take(stream)

    def _signatures(self) -> None:
        """What is said of signatures stands first in the report: all else rests on them."""
        found = Report()
        if self.checkpoint is not None:
            check_checkpoints(
                self.bundle, found, self.checkpoint, self.proofs, self.trusted, self.covered.keys
            )
        self.report.problems[:0] = found.problems
        self.report.notes[:0] = found.notes

    def _names(self) -> None:
        elsewhere = check_erasures(self.bundle, self.report, self.checkpoint)
        self.mentions.beside(elsewhere)
        here = [each for said in self.trail.values() for each in said if each.kind == "erased"]
        names = check_names(self.bundle, self.report, self.mentions.names, [*here, *elsewhere])
        of_names = [each for each in elsewhere if each.data.get("digest") in names.lines]
        tell_erasures(self.report, [*here, *of_names], names)

    def _editions(self) -> None:
        self.schemes = check_editions(self.bundle, self.report, self.mentions.editions)

    def _whole(self) -> None:
        check_listed(self.manifest, self.proofs, self.trail, self.schemes, self.report)
        tell_whose(self.trail, self.schemes, self.told, self.report)
        check_whole(self.manifest, self.proofs, self.checkpoint, self.covered, self.report)


# ---------------------------------------------------------------- the parts of a bundle

MANIFEST = ("format", "origin", "checkpoint", "everything", "no_checkpoint", "dossiers", "files")
ONCE = (
    "README.txt",
    "verify_trail.py",
    "keys.txt",
    "proofs.json",
    "names.jsonl",
    "erasures.jsonl",
    "subjects.jsonl",
)
MANY = tuple(
    map(re.compile, (r"checkpoints/[0-9]{12,}\.txt", r"editions/[0-9a-f]{64}\.json", r"evidence/.+"))
)
"""Parts of which there are many, beside events and their texts. Whether each belongs here is seen further down."""


def check_manifest(bundle: Bundle, report: Report) -> dict[str, Any]:
    """Every file is the one that was put in, nothing else is there, and no part is missing. Gives what the
    manifest says. Raises BadInput for a format that is not read here."""
    manifest = bundle.document("manifest.json")
    version, files = manifest.get("format"), as_object(manifest.get("files"))
    if version.__class__ is int and version != FORMAT:
        raise BadInput("format", format=version, reads=FORMAT)
    for name in sorted(files.keys() - bundle.source.names):
        report.wrong("file_missing", name)
    for name in sorted(bundle.source.names - files.keys() - {"manifest.json"}):
        report.wrong("file_extra", name)
    for name in sorted(files.keys() & bundle.source.names):
        digest, size = bundle.measured(name)
        if files[name] != {"sha256": digest, "size": size}:
            report.wrong("file_changed", name)
    exactly(manifest, frozenset(MANIFEST), "manifest.json", 0, report)
    _check_said(manifest, report)
    _check_parts(bundle, report)
    return manifest


def _check_said(manifest: dict[str, Any], report: Report) -> None:
    version, everything = manifest.get("format"), manifest.get("everything")
    if differ(version, FORMAT):
        report.wrong("manifest", "manifest.json", column="format", here=version, said=FORMAT)
    if not isinstance(everything, bool):
        report.wrong("manifest", "manifest.json", column="everything", here=everything, said=False)
    if manifest.get("no_checkpoint") is not None:
        report.note("not_made", why=manifest["no_checkpoint"])
        report.unproven("manifest.json", "no_checkpoint")
    report.note("of_themselves")


def _check_parts(bundle: Bundle, report: Report) -> None:
    rows = [f"rows/{each}.jsonl" for each in (*TABLES, "stored_files")]
    events = bundle.names("events/", ".jsonl")
    texts = [name.replace("events/", "texts/", 1) for name in events]
    for name in sorted({*ONCE, *rows, *texts} - bundle.source.names):
        report.wrong("part_missing", name)
    known = {*ONCE, *rows, *events, *texts, "manifest.json", CHECKPOINT}
    for name in sorted(bundle.source.names - known):
        if not any(each.fullmatch(name) for each in MANY):
            report.wrong("part_unknown", name)


def check_origin(manifest: dict[str, Any], checkpoint: "Checkpoint | None", report: Report) -> None:
    """What the manifest says of the checkpoint is what that says."""
    said: dict[str, Any] = {"origin": None, "checkpoint": None}
    if checkpoint is not None:
        said = {"origin": checkpoint.origin, "checkpoint": checkpoint.size}
        report.origin, report.size = checkpoint.origin, checkpoint.size
    for column, value in said.items():
        if differ(manifest.get(column), value):
            report.wrong("manifest", "manifest.json", column=column, here=manifest.get(column), said=value)


PROOFS = frozenset(("ends", "consistency", "lost"))
LOST = frozenset(("streams", "nameless", "events"))


def check_proofs(proofs: dict[str, Any], report: Report) -> None:
    """Nothing is among the proofs that nothing here asks for. (What is missing altogether was named.)"""
    if proofs:
        exactly(proofs, PROOFS, "proofs.json", 0, report)
        exactly(as_object(proofs.get("lost")), LOST, "proofs.json", 0, report)


# ---------------------------------------------------------------- the checkpoint, and the earlier ones

CHECKPOINT = "checkpoint.txt"


def check_checkpoints(
    bundle: Bundle,
    report: Report,
    checkpoint: Checkpoint,
    proofs: dict[str, Any],
    trusted: Trusted,
    made: Made,
) -> None:
    """The bundle's own checkpoint is signed, and it continues all earlier ones, which are signed as well."""
    own, kept = _own_keys(bundle, report), [trusted.earlier] if trusted.earlier else []
    inside = [(file, read_note(bundle, report, file)) for file in bundle.names("checkpoints/", ".txt")]
    earlier = [(file, note) for file, note in inside if note is not None]
    if not trusted.keys:
        report.note("own_keys")
    notes = [(CHECKPOINT, checkpoint), *earlier, *kept]
    good = check_signatures(notes, list(trusted.keys), own, made, report)
    check_keys(trusted.keys, own, made, report)
    paths = {
        as_object(each).get("first"): as_path(as_object(each).get("path"))
        for each in as_list(proofs.get("consistency"))
    }
    for file, note in earlier:
        _continued(note, checkpoint, paths, file, report)
        if file != f"checkpoints/{note.size:012d}.txt":
            report.wrong("misnamed", file, size=note.size)
    report.note("some_earlier", count=len(earlier))
    _none_is_missing(proofs, checkpoint, {note.size for _, note in [*earlier, *kept]}, report)
    _check_earlier(checkpoint, paths, report, trusted, signed=good[-1])


def _none_is_missing(proofs: dict[str, Any], checkpoint: Checkpoint, here: set[int], report: Report) -> None:
    """Each earlier checkpoint of which there is a proof is here; that there were no others, nothing proves."""
    for each in map(as_object, as_list(proofs.get("consistency"))):
        exactly(each, frozenset(("first", "second", "path")), "proofs.json", 0, report)
        if each.get("first") not in here:
            report.wrong("checkpoint_gone", "checkpoints/", size=each.get("first"))
        if differ(each.get("second"), checkpoint.size):
            report.wrong("proof_of_another", "proofs.json", here=each.get("second"), size=checkpoint.size)


def _own_keys(bundle: Bundle, report: Report) -> list[Key]:
    try:
        return read_keys(bundle.content("keys.txt").decode().splitlines())
    except ValueError as error:
        report.wrong("unreadable", "keys.txt", why=str(error))
        return []


def read_note(bundle: Bundle, report: Report, file: str) -> "Checkpoint | None":
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
    checkpoint: Checkpoint, paths: dict[Any, list[bytes]], report: Report, trusted: Trusted, *, signed: bool
) -> None:
    """The checkpoint that the auditor kept."""
    if trusted.earlier is None:
        report.note("no_earlier")
        return
    file, earlier = trusted.earlier
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
    if earlier.streams > checkpoint.streams:
        report.wrong("fewer_streams", file, here=earlier.streams, later=checkpoint.streams)
    if is_continued(earlier.size, earlier.root, checkpoint.size, checkpoint.root, path):
        if earlier.origin != checkpoint.origin:
            report.note_once("renamed", before=earlier.origin, now=checkpoint.origin)
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

    @property
    def judged(self) -> dict[str, Any]:
        """What a step says that it has judged."""
        return as_object(self.data.get("judged"))

    @property
    def pieces(self) -> dict[str, Any]:
        """The same of a decision, piece by piece."""
        return as_object(self.judged.get("pieces"))


def misplaced(
    digest: str, proof: Any, checkpoint: "Checkpoint | None"
) -> "tuple[str, dict[str, Any]] | None":
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


class Covered:
    """What of the signed tree is here: which places, which streams' ends, and the keys that its events speak
    of."""

    def __init__(self) -> None:
        self.places: set[int] = set()
        self.order: list[tuple[int, str, str, int]] = []
        self.ends: set[int] = set()
        self.keys: Made = {}
        self.latest = ""


class Mentions:
    """What events speak of that lies beside them: names with their bearers, and editions; each with the first
    event that does."""

    def __init__(self) -> None:
        self.names: dict[Bearer, Place] = {}
        self.editions: dict[str, str] = {}

    def take(self, stream: "Stream") -> None:
        for said in stream.said:
            self._event(stream.file, said)

    def beside(self, erasures: list[Said]) -> None:
        for said in erasures:
            self._event("erasures.jsonl", said)

    def _event(self, file: str, said: Said) -> None:
        actor, edition = as_object(said.event.get("actor")), said.event.get("edition")
        name = actor.get("name_digest")
        if name:
            self.names.setdefault((str(name), str(actor.get("id"))), (file, said.seq))
        if edition:
            self.editions.setdefault(str(edition), file)
        for each in as_object(said.pieces.get("editions")).values():
            self.editions.setdefault(str(each), file)


EVENT = frozenset((*WORDS, "stream", "seq", "at", "actor", "hash", "body"))
LINE = frozenset(("columns", "proof"))


def unlike_columns(event: dict[str, Any], columns: dict[str, Any]) -> list[str]:
    """The columns that say something other than the event does."""
    expected = {each: event[each] or "" for each in WORDS}
    expected.update(stream=event["stream"], seq=event["seq"], at=event["at"], actor=event["actor"]["id"])
    return sorted(each for each in expected if differ(columns.get(each), expected[each]))


class Stream:
    """One stream, event by event."""

    def __init__(
        self,
        file: str,
        report: Report,
        checkpoint: "Checkpoint | None",
        ends: dict[str, Any],
        covered: Covered,
    ) -> None:
        self.file, self.report, self.checkpoint, self.covered = file, report, checkpoint, covered
        self.name = file[len("events/") : -len(".jsonl")]
        self.last_end = as_object(ends.get(self.name))
        self.count = self.seq = 0
        self.previous = ""
        self.said: list[Said] = []
        self.digests: dict[int, str] = {}

    def take(self, line: dict[str, Any]) -> None:
        """The next line: an event's columns, and the proof that the tree holds it."""
        columns = as_object(line.get("columns"))
        body = columns.get("body")
        content = utf8(body) if isinstance(body, str) else from_hex(body)
        seq = self._place(columns)
        if line.keys() != LINE or columns.keys() != EVENT:
            unlike = (line.keys() ^ LINE) | (columns.keys() ^ EVENT)
            self._wrong("row_columns", seq, columns=", ".join(sorted(unlike)))
        digest = hashlib.sha256(content).hexdigest()
        if columns.get("hash") != digest:
            self._wrong("edited", seq)
        if columns.get("previous") != self.previous:
            self._wrong("unlinked", seq)
        proved = self._included(digest, line.get("proof"), seq)
        if proved:
            self.covered.order.append((line["proof"]["position"], str(columns.get("at")), self.file, seq))
        self._says(content, columns, seq, proved=proved)
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

    def _included(self, digest: str, proof: Any, seq: int) -> bool:
        wrong = misplaced(digest, proof, self.checkpoint)
        if wrong:
            self._wrong(wrong[0], seq, **wrong[1])
        elif self.checkpoint is not None:
            self.covered.places.add(proof["position"])
        return wrong is None and self.checkpoint is not None

    def _says(self, content: bytes, columns: dict[str, Any], seq: int, *, proved: bool) -> None:
        """Compare what the event says with the columns beside it, and keep it."""
        try:
            event = json.loads(content)
            different, comment, kind = unlike_columns(event, columns), event["comment_digest"], event["kind"]
        except (ValueError, LookupError, TypeError, RecursionError) as error:
            self._wrong("unreadable", seq, why=f"no event ({error})")
            return
        if different:
            self._wrong("columns", seq, columns=", ".join(different))
        if event["stream"] != self.name and columns.get("stream") == self.name:
            self._wrong("foreign", seq, stream=event["stream"])
        self.said.append(Said(seq, event))
        if comment:
            self.digests[seq] = str(comment)
        self.covered.latest = max(self.covered.latest, str(event["at"]))
        if kind == "key_made" and proved:
            self._key(event, seq)

    def _key(self, event: dict[str, Any], seq: int) -> None:
        name, public = str(as_object(event["data"]).get("name")), as_object(event["data"]).get("key")
        try:
            key = key_of(name, bytes.fromhex(str(public)))
        except ValueError:
            self._wrong("unreadable", seq, why="no key")
            return
        self.covered.keys.setdefault(key, (self.file, seq))

    def end(self) -> None:
        """Nothing was cut off and nothing added: the tree of streams says where each ended."""
        if self.checkpoint is None:
            return
        signed, digest = self.last_end.get("seq"), self.last_end.get("hash")
        leaf: Any = self.last_end.get("leaf")
        entry = leaf_hash(utf8(f"{self.name} {signed} {digest}\n"))
        path, tree = as_path(self.last_end.get("path")), self.checkpoint
        proved = isinstance(leaf, int) and is_included(entry, leaf, tree.streams, path, tree.streams_root)
        if proved:
            self.covered.ends.add(leaf)
        if not proved or not isinstance(signed, int):
            self._wrong("end_unproved", self.seq)
        elif self.seq < signed:
            self._wrong("cut_off", self.seq + 1, signed=signed, here=self.seq)
        elif self.seq > signed:
            self._wrong("added", signed + 1, signed=signed, here=self.seq)
        elif self.previous != digest:
            self._wrong("another_end", self.seq)


# ---------------------------------------------------------------- comments and names, which may be erased


def salted(row: dict[str, Any], text: Any) -> str:
    return hashlib.sha256(from_hex(row.get("salt")) + utf8(str(text))).hexdigest()


def check_comments(bundle: Bundle, report: Report, stream: Stream) -> None:
    """Each comment is the one whose digest its event carries."""
    file, missing = f"texts/{stream.name}.jsonl", dict(stream.digests)
    for number, row in bundle.lines(file):
        exactly(row, TEXT, file, number, report)
        seq = row.get("seq")
        digest = missing.pop(seq, None) if isinstance(seq, int) and row.get("field") == "comment" else None
        if digest is None:
            report.wrong("comment_added", file, as_number(seq))
            continue
        erased = erasure(stream.said, "comment", "seq", seq)
        if row.get("text") is None:
            _erased(report, file, as_number(seq), row, erased)
        elif salted(row, row["text"]) != digest:
            report.wrong("comment_changed", file, as_number(seq))
        elif erased is not None:
            report.wrong("not_erased", file, as_number(seq), event=erased.seq)
    for seq in missing:
        report.wrong("comment_gone", file, seq)


TEXT = frozenset(("seq", "field", "salt", "text"))
NAME = frozenset(("digest", "actor", "salt", "name"))


@dataclass
class Names:
    """Names that are here, by their digests: who bore each, in which line it stands, and the name itself where it
    is not erased."""

    bearers: dict[Any, Any] = field(default_factory=dict)
    lines: dict[Any, int] = field(default_factory=dict)
    called: dict[Any, str] = field(default_factory=dict)


def check_names(
    bundle: Bundle, report: Report, mentioned: dict[Bearer, Place], erasures: list[Said]
) -> Names:
    """Each name is the one whose digest events carry, and belongs to who acted."""
    found, spoken_of = Names(), {digest for digest, _ in mentioned}
    for number, row in bundle.lines("names.jsonl"):
        exactly(row, NAME, "names.jsonl", number, report)
        digest = row.get("digest")
        if digest in found.lines or digest not in spoken_of:
            report.wrong("name_added", "names.jsonl", number)
        found.bearers.setdefault(digest, row.get("actor"))
        found.lines.setdefault(digest, number)
        if _check_name(report, number, row, erasure(erasures, "name", "digest", digest)):
            found.called[digest] = str(row["name"])
    for (digest, actor), (file, seq) in mentioned.items():
        if digest not in found.lines:
            report.wrong("name_gone", file, seq)
        elif str(found.bearers[digest]) != actor:
            report.wrong("name_of_another", file, seq)
    return found


def _check_name(report: Report, number: int, row: dict[str, Any], erased: "Said | None") -> bool:
    """Whether the name is here as it was borne."""
    if row.get("name") is None:
        _erased(report, "names.jsonl", number, row, erased)
    elif salted(row, row["name"]) != row.get("digest"):
        report.wrong("name_changed", "names.jsonl", number)
    elif erased is not None:
        report.wrong("not_erased", "names.jsonl", number, event=erased.seq)
    else:
        return True
    return False


def check_erasures(bundle: Bundle, report: Report, checkpoint: "Checkpoint | None") -> list[Said]:
    """The events by which names were erased. They come from streams that are not here, and stand in the signed
    tree all the same."""
    found = []
    for number, line in bundle.lines("erasures.jsonl"):
        columns = as_object(line.get("columns"))
        content = utf8(str(columns.get("body")))
        digest = hashlib.sha256(content).hexdigest()
        wrong = misplaced(digest, line.get("proof"), checkpoint)
        if wrong:
            report.wrong(wrong[0], "erasures.jsonl", number, **wrong[1])
            continue
        event = as_object(json.loads(content))
        different = unlike_columns(event, columns) + ([] if columns.get("hash") == digest else ["hash"])
        different += sorted((line.keys() ^ LINE) | (columns.keys() ^ EVENT))
        if different:
            report.wrong("columns", "erasures.jsonl", number, columns=", ".join(different))
        found.append(Said(event["seq"], event))
    return found


def erasure(said: list[Said], what: str, by: str, which: Any) -> "Said | None":
    """The event by which something was erased: a comment (by its "seq"), a name (by its "digest")."""
    for each in said:
        if each.kind == "erased" and each.data.get("what") == what and each.data.get(by) == which:
            return each
    return None


def _erased(report: Report, file: str, number: int, row: dict[str, Any], by: "Said | None") -> None:
    if by is None or row.get("salt") != {"hex": ""}:
        report.wrong("erased_unexplained", file, number)


def tell_erasures(report: Report, erasures: list[Said], names: Names) -> None:
    """That something was erased is no problem, and is said: what, when, by whom, and which event says so. An event
    may be here twice, in its stream and as the erasure of a name."""
    for each in {(each.stream, each.seq): each for each in erasures}.values():
        actor = as_object(each.event.get("actor"))
        report.note(
            "erased",
            where=where_erased(each, names),
            what=each.data.get("what"),
            at=moment(each.at),
            by=names.called.get(actor.get("name_digest")) if actor.get("id") else "",
            role=each.role or "",
            seq=each.seq,
            stream=each.stream,
        )


def where_erased(event: Said, names: Names) -> str:
    """Where in the bundle what was erased would stand."""
    data, what = event.data, event.data.get("what")
    if what == "comment":
        return f"texts/{event.stream}.jsonl#{data.get('seq')}"
    if what == "name":
        return f"names.jsonl#{names.lines.get(data.get('digest'), 0)}"
    tables = {
        "narrative": "answers",
        "note": "ratings",
        "complaint_file": "complaint_files",
        "upkeep_file": "upkeep_files",
    }
    file = tables.get(str(what), "evidence")
    columns = ("reviewer", "assignment", "rubric", "criterion", "file", "sha256", "number")
    return f"rows/{file}.jsonl ({' '.join(str(data[name]) for name in columns if name in data)})"


def moment(at: Any) -> str:
    """As people write it: 2026-11-24 06:33:28 UTC."""
    return f"{str(at)[:10]} {str(at)[11:19]} UTC"


def exactly(row: dict[str, Any], columns: frozenset[str], file: str, number: int, report: Report) -> None:
    """The line has these columns, and no others."""
    if row.keys() != columns:
        report.wrong("row_columns", file, number, columns=", ".join(sorted(row.keys() ^ columns)))


# ---------------------------------------------------------------- the rules by which was judged


@dataclass(frozen=True)
class Scheme:
    """A workflow as far as it is asked for here: what it is of, its states, which effects its steps have, and the
    editions of its rubrics."""

    name: str
    subject: str
    states: dict[str, Any]
    effects: dict[str, frozenset[str]]
    calendar: dict[str, Any]
    steps: dict[str, Any]
    pins: dict[str, Any]

    def guards(self, step: Any) -> dict[str, Any]:
        """What a step requires, each with its parameters."""
        wanted = as_object(self.steps.get(str(step))).get("requires")
        return {name: rule for each in as_list(wanted) for name, rule in _rule(each)}

    def reckoned_once(self, state: str) -> bool:
        """Whether the deadline of `state` depends on which days are off, or on a day beside: then an event says
        when it is."""
        deadline = self.deadline(state)
        if "after" in deadline and "not_before" in deadline:
            return True
        if "after" not in deadline or not self.calendar:
            return False
        return deadline.get("counts") == "working_days" or bool(self.calendar.get("moves"))

    def deadline(self, state: str) -> dict[str, Any]:
        return as_object(as_object(self.states.get(state)).get("deadline"))


def check_editions(bundle: Bundle, report: Report, mentioned: dict[str, str]) -> dict[str, Scheme]:
    """Each edition is the one whose hash is its name, and each that events name is here, as are the rubrics to
    which a workflow is bound. Gives the workflows that can be relied on."""
    files = {Path(file).stem: file for file in bundle.names("editions/", ".json")}
    wanted, schemes = dict(mentioned), {}
    for name, file in files.items():
        if bundle.digest(file) != name:
            report.wrong("edition", file)
            continue
        content = bundle.document(file)
        if "pins" in content:
            schemes[name] = scheme_in(as_object(content.get("workflow")), as_object(content["pins"]))
            for each in as_object(content["pins"]).values():
                wanted.setdefault(str(each), file)
    for edition, file in sorted(wanted.items()):
        if edition not in files:
            report.wrong("edition_gone", file, edition=edition)
    for edition in sorted(files.keys() - wanted.keys()):
        report.wrong("edition_added", files[edition])
    return schemes


def scheme_in(workflow: dict[str, Any], pins: dict[str, Any]) -> Scheme:
    steps = as_object(workflow.get("transitions"))
    return Scheme(
        name=str(workflow.get("workflow")),
        subject=str(workflow.get("subject")),
        states=as_object(workflow.get("states")),
        effects={name: frozenset(_effects(as_object(step).get("then"))) for name, step in steps.items()},
        calendar=as_object(workflow.get("calendar")),
        steps=steps,
        pins=pins,
    )


def _effects(then: Any) -> Iterator[str]:
    """An effect is a name, or a name with parameters."""
    for each in as_list(then):
        yield from [each] if isinstance(each, str) else as_object(each)


# ---------------------------------------------------------------- what events tell of rows

Trail = dict  # {stream: [Said, ...]}
RowKey = tuple
Row = dict  # by column

UNTOLD: Any = object()  # what the events of their time say nothing of


@dataclass(frozen=True)
class Table:
    """A file of rows: which columns name a row, the subject it belongs to first, and which hold what events tell.

    `texts` are told by a digest, with the salt in a column beside. `near` are moments that a row has from just
    before its event. `effects`:
    the rows follow from what steps have as effects, which their editions say.
    """

    keys: tuple[str, ...]
    told: tuple[str, ...]
    texts: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    effects: bool = False

    @property
    def columns(self) -> frozenset[str]:
        return frozenset((*self.keys, *self.told, *(f"{each}_salt" for each in self.texts)))


CRITERION = ("rubric", "criterion")
MOMENTS_OF_A_FILE = ("filed_at", "taken_back_at", "name_erased_at", "content_erased_at")
MOMENTS_OF_UPKEEP = ("filed_at", "taken_back_at", "erased_at")
ANSWERED = ("answered_seq", "answered_at")
NAMED = ("name_ar", "name_en", "registration_number", "country", "governorate")
SCOPE = ("scope_ar", "scope_en")
TABLES = {
    "agreed": Table(("dossier_id", "proposed"), (*CRITERION, "value", "agreed_at")),
    "answers": Table(
        ("dossier_id", *CRITERION),
        ("rating", "narrative", "narrative_erased_at", "carried", "updated_at"),
        texts=("narrative",),
        near=("narrative_erased_at", "updated_at"),
    ),
    "assignments": Table(
        ("dossier_id", "reviewer_id", "which"),
        ("origin", "assigned_at", "due_at", "sent_at", "released_at", "handed_over_from"),
        near=("assigned_at", "released_at"),
        effects=True,
    ),
    "ballots": Table(("dossier_id", "number"), ("opened_at",), effects=True),
    "closings": Table(("dossier_id", "number"), ("seq", "closed_at"), effects=True),
    "consents": Table(("dossier_id", "proposed", "person_id"), ("seq",)),
    "contest_files": Table(("dossier_id", "contested", "sha256"), CRITERION),
    "contests": Table(
        ("dossier_id", "seq"),
        (*CRITERION, "finding_id", "made_at", *ANSWERED, "answered_role", "accepted"),
    ),
    "complaint_files": Table(
        ("complaint_id", "id"),
        (
            *("seq", "came_with", "name", "file", "media_type", "size", "sha256"),
            *("filed_by_id", "filed_at", "erased_at"),
        ),
        texts=("name",),
        near=("filed_at", "erased_at"),
    ),
    "corrections": Table(("finding_id", "sha256"), ("dossier_id", *CRITERION)),
    "evidence": Table(
        ("dossier_id", *CRITERION, "sha256", "again"),
        ("name", "file", "media_type", "size", "filed_by_id", "visit", "seen_on", *MOMENTS_OF_A_FILE),
        texts=("name",),
        near=MOMENTS_OF_A_FILE,
    ),
    "declarations": Table(("dossier_id", "seq"), ("person_id", "role", "assignment", "declared_at")),
    "dissents": Table(("dossier_id", "seq"), ("ballot", "member_id")),
    "interests": Table(("dossier_id", "seq"), ("person_id", "kind", "role", "declared_at")),
    "minutes": Table(("dossier_id", "seq"), ("sitting_id",)),
    "objections": Table(("dossier_id", "seq"), ("reviewer_id", "assignment", "made_at", *ANSWERED, "upheld")),
    "organisations": Table(("id",), (*NAMED, "joined_at"), near=("joined_at",)),
    "overrides": Table(
        ("dossier_id", "seq"),
        ("person_id", "interests", "proposed_by_id", "proposed_at", "answered_by_id", *ANSWERED, "allowed"),
    ),
    "tie_withdrawals": Table(
        ("dossier_id", "seq"),
        ("person_id", "declared", "asked_at", "answered_by_id", *ANSWERED, "confirmed"),
    ),
    "proposals": Table(
        ("dossier_id", "seq"),
        (*CRITERION, "value", "role", "proposed_by_id", "closed_at"),
        near=("closed_at",),
    ),
    "question_files": Table(("dossier_id", "asked", "sha256"), CRITERION),
    "questions": Table(
        ("dossier_id", "seq"),
        (
            *CRITERION,
            "asked_by_id",
            "role",
            "asked_at",
            "due_on",
            "follows",
            *ANSWERED,
            "withdrawn_seq",
            "withdrawn_at",
        ),
    ),
    "ratings": Table(
        ("dossier_id", "reviewer_id", "which", *CRITERION),
        ("value", "note", "note_erased_at", "updated_at"),
        near=("note_erased_at", "updated_at"),
    ),
    "recusals": Table(("dossier_id", "seq"), ("member_id", "recused_at")),
    "upkeep_files": Table(
        ("upkeep_id", "id"),
        (
            *("seq", "document", "name", "file", "media_type", "size", "sha256", "filed_by_id"),
            *MOMENTS_OF_UPKEEP,
        ),
        texts=("name",),
        near=MOMENTS_OF_UPKEEP,
    ),
    "visits": Table(
        ("dossier_id", "seq"),
        (
            *("kind", "unit", "begins_at", "ends_at", "zone", "people", "planned_by_id", "timed_at"),
            *("place_seq", "agenda_seq", "confirmed_at", "asked_seq", "cancelled_at"),
            *("held_at", "attended", "closed_at"),
        ),
    ),
    "votes": Table(("dossier_id", "seq"), ("ballot", "member_id", "choice"), effects=True),
}
STATE = ("state", "state_seq", "edition_id", "entered_seq", "entered_at", "deadline_at")
OPENED = {
    "dossier": ("number", "organisation_id", "lot", "renews_id"),
    "complaint": ("dossier_id", "number", "about", "happened_on", "receipt"),
    "finding": ("dossier_id", *CRITERION, "severity", "rating", "evidence", "due_on"),
    "certificate": (
        "dossier_id",
        "number",
        "holder_ar",
        "holder_en",
        "holder_number",
        "rubric",
        "outcome",
        "areas",
        "issued_on",
        "valid_until",
        "decided_seq",
    ),
    "upkeep": ("dossier_id", "certificate_id", "kind", "call_on", "due_on"),
    "scope_change": ("dossier_id", "certificate_id", "initiative", "before_ar", "before_en"),
}
"""By kind of subject the columns that its first event keeps, a reference to another row without its _id."""
SUBJECTS = {
    "dossier": Table(
        ("id",),
        ("scheme", "opened_at", "code_accepted_at", *SCOPE),
        near=("opened_at", "code_accepted_at"),
    ),
    "complaint": Table(("id",), ("audit_id",)),
    "finding": Table(("id",), ("owner_id",)),
    "certificate": Table(("id",), (*SCOPE, "paper_due")),
    "upkeep": Table(("id",), ()),
    "scope_change": Table(("id",), SCOPE),
}
"""What later events tell of it, beside its state."""


class Picture:
    """What stands in the rows of one subject, told from its events. It is not `whole` where an edition cannot be
    read: then nobody can say what followed from a step."""

    def __init__(self, stream: str) -> None:
        self.stream, self.whole = stream, True
        self.opened: dict[str, Any] = {}
        self.tables: dict[str, dict[RowKey, Row]] = {}

    def rows(self, table: str) -> dict[RowKey, Row]:
        return self.tables.setdefault(table, {})

    def say(self, table: str, key: RowKey, **values: Any) -> None:
        """An event gives `values` to the row, which is there from then on; its other values stay."""
        self.rows(table).setdefault(key, {}).update(values)


class Told:
    """All rows that events tell of: by table, and by their keys, the stream first."""

    def __init__(self) -> None:
        self.pictures: dict[str, Picture] = {}
        self.rows: dict[str, dict[RowKey, Row]] = {name: {} for name in (*TABLES, "subject")}

    def all(self, trail: Trail, schemes: dict[str, Scheme], report: Report) -> None:
        for stream, said in trail.items():
            picture = self.pictures[stream] = Picture(stream)
            judging = Judging(picture, schemes)
            for each in said:
                try:
                    for what in judging.otherwise(each):
                        report.wrong("judged_otherwise", f"events/{stream}.jsonl", each.seq, what=what)
                    tell(picture, each, schemes)
                except (TypeError, ValueError, LookupError, AttributeError) as error:
                    report.wrong("unreadable", f"events/{stream}.jsonl", each.seq, why=f"{error!r}")
            for name, found in picture.tables.items():
                self.rows[name].update(((stream, *key), row) for key, row in found.items())
        self._only_whose_files_are_here(trail)

    def _only_whose_files_are_here(self, trail: Trail) -> None:
        """Of other organisations, which are in a bundle of everything, no row is here."""
        here = {said[0].data.get("organisation") for said in trail.values() if said}
        organisations = self.rows["organisations"]
        for key in [each for each in organisations if each[0] not in here]:
            del organisations[key]

    def whole(self, stream: Any) -> bool:
        picture = self.pictures.get(str(stream))
        return picture is None or picture.whole


Tell = Callable[[Picture, Said], None]
BY_KIND: dict[str, list[Tell]] = {}
BY_EFFECT: dict[str, Tell] = {}


def tell(picture: Picture, said: Said, schemes: dict[str, Scheme]) -> None:
    """What one event changes in the picture: by its kind, and by the effects of the step that it is."""
    for each in BY_KIND.get(said.event["kind"], ()):
        each(picture, said)
    if said.event["kind"] != "transition":
        return
    scheme = schemes.get(said.event["edition"])
    if scheme is None:
        picture.whole = False
        return
    for effect in scheme.effects.get(said.event["transition"], ()):
        if effect in BY_EFFECT:
            BY_EFFECT[effect](picture, said)


def told_by(*kinds: str) -> Callable[[Tell], Tell]:
    """The function below says what events of `kinds` tell."""

    def register(tell: Tell) -> Tell:
        for kind in kinds:
            BY_KIND.setdefault(kind, []).append(tell)
        return tell

    return register


def told_by_effect(name: str) -> Callable[[Tell], Tell]:
    """The function below says what a step tells that has the effect `name` in its edition."""

    def register(tell: Tell) -> Tell:
        BY_EFFECT[name] = tell
        return tell

    return register


@told_by("opened")
def _opened(picture: Picture, said: Said) -> None:
    """Of a finding also who sees to it."""
    picture.opened = said.data
    values = {"opened_at": said.at, "code_accepted_at": None, "owner_id": said.data.get("owner")}
    picture.say("subject", (), **values, audit_id=None, scope_ar="", scope_en="", paper_due=1)


@told_by("scope_stated", "scope_worded")
def _scope_stated(picture: Picture, said: Said) -> None:
    """What a file asks its certificate to cover, or a change of scope asks for."""
    picture.say("subject", (), scope_ar=said.data["ar"], scope_en=said.data["en"])


@told_by("scope_set")
def _scope_set(picture: Picture, said: Said) -> None:
    """Of a certificate: what it covers, and from which version on its paper says so."""
    data = said.data
    picture.say("subject", (), scope_ar=data["ar"], scope_en=data["en"], paper_due=data["paper"])


@told_by("amended")
def _amended(picture: Picture, said: Said) -> None:
    """Of a certificate after an appeal: what it says instead of what it was issued with."""
    picture.opened = {**picture.opened, "areas": said.data["areas"], "outcome": said.data["outcome"]}
    picture.say("subject", (), paper_due=said.data["paper"])


@told_by("organisation_registered")
def _registered(picture: Picture, said: Said) -> None:
    """One that was there before events spoke of it was taken down as it was found, however old it is."""
    joined = UNTOLD if said.data.get("as_found") else said.at
    picture.say("organisations", (), joined_at=joined, **{name: said.data[name] for name in NAMED})


@told_by("organisation_changed")
def _organisation_changed(picture: Picture, said: Said) -> None:
    picture.say("organisations", (), **said.data["after"])


@told_by("code_accepted")
def _code_accepted(picture: Picture, said: Said) -> None:
    picture.say("subject", (), code_accepted_at=said.at)


@told_by("owner_named")
def _owner_named(picture: Picture, said: Said) -> None:
    picture.say("subject", (), owner_id=said.data.get("owner"))


@told_by("complaint_file_added")
def _complaint_file(picture: Picture, said: Said) -> None:
    data = said.data
    told = {name: data[name] for name in ("came_with", "sha256", "size", "media_type")}
    picture.say(
        "complaint_files",
        (data["file"],),
        **told,
        seq=said.seq,
        name=data["file_name"],
        file=f"concerns/{data['sha256'][:2]}/{data['sha256']}",
        filed_by_id=said.actor,
        filed_at=said.at,
        erased_at=None,
    )


@told_by("complaint_audit_called")
def _audit_called(picture: Picture, said: Said) -> None:
    picture.say("subject", (), audit_id=said.data["upkeep"])


@told_by("correction_filed")
def _corrected(picture: Picture, said: Said) -> None:
    """It lies in evidence of the finding's criterion."""
    opened = picture.opened
    lies = {name: opened[name] for name in CRITERION}
    picture.say("corrections", (said.data["sha256"],), dossier_id=opened["dossier"], **lies)


@told_by("answers_saved")
def _answers_saved(picture: Picture, said: Said) -> None:
    _say_answers(picture, said, carried=False)


@told_by("answers_carried")
def _answers_carried(picture: Picture, said: Said) -> None:
    """From the file that this one renews; nobody has looked at them since."""
    _say_answers(picture, said, carried=True)


@told_by("answers_confirmed")
def _answers_confirmed(picture: Picture, said: Said) -> None:
    for rubric, criteria in said.data["criteria"].items():
        for criterion in criteria:
            picture.say("answers", (rubric, criterion), carried=False)


def _say_answers(picture: Picture, said: Said, *, carried: bool) -> None:
    for key, values in _with_texts(said, "answers", "rating", "narratives", "narrative"):
        _say_with_text(picture, "answers", key, "narrative", {**values, "carried": carried})


@told_by("rated")
def _rated(picture: Picture, said: Said) -> None:
    """In the latest review that its reviewer was asked for."""
    review = said.actor, len(_reviews_of(picture, said.actor))
    for key, values in _with_texts(said, "ratings", "value", "notes", "note"):
        _say_with_text(picture, "ratings", (*review, *key), "note", values)


def _with_texts(said: Said, part: str, value: str, texts: str, text: str) -> Iterator[tuple[RowKey, Row]]:
    """Criterion by criterion what was given, and the digest of what was written beside it."""
    digests = said.data.get(texts)
    for rubric, given in said.data[part].items():
        beside = UNTOLD if digests is None else digests.get(rubric, {})
        for criterion, each in given.items():
            digest = UNTOLD if digests is None else beside.get(criterion, "")
            yield (rubric, criterion), {value: each, text: digest, "updated_at": said.at}


def _say_with_text(picture: Picture, table: str, key: RowKey, text: str, values: Row) -> None:
    new = {} if key in picture.rows(table) else {f"{text}_erased_at": None}
    picture.say(table, key, **values, **new)


@told_by("evidence_filed")
def _filed(picture: Picture, said: Said) -> None:
    data, filed = said.data, picture.rows("evidence")
    same, again = (data["rubric"], data["criterion"], data["sha256"]), 0
    while (*same, again) in filed:
        again += 1
    picture.say(
        "evidence",
        (*same, again),
        name=data.get("file_name", UNTOLD),
        media_type=data.get("media_type", UNTOLD),
        size=data.get("size", UNTOLD),
        file=f"{data['sha256'][:2]}/{data['sha256']}",
        filed_by_id=said.actor,
        filed_at=said.at,
        visit=data.get("visit"),
        seen_on=data.get("seen_on"),
        taken_back_at=None,
        name_erased_at=None,
        content_erased_at=None,
    )


@told_by("evidence_taken_back")
def _taken_back(picture: Picture, said: Said) -> None:
    """The first of the same files that still stands, or the one whose name is told."""
    data, filed = said.data, picture.rows("evidence")
    same = data["rubric"], data["criterion"], data["sha256"]
    standing = [key for key, row in filed.items() if key[:3] == same and row["taken_back_at"] is None]
    named = [key for key in standing if filed[key]["name"] == data.get("file_name")]
    for key in (named or standing)[:1]:
        picture.say("evidence", key, taken_back_at=said.at)


@told_by("upkeep_file_added")
def _upkeep_file_added(picture: Picture, said: Said) -> None:
    data = said.data
    picture.say(
        "upkeep_files",
        (data["file"],),
        seq=said.seq,
        document=data["document"],
        name=data["file_name"],
        file=f"upkeep/{data['sha256'][:2]}/{data['sha256']}",
        media_type=data["media_type"],
        size=data["size"],
        sha256=data["sha256"],
        filed_by_id=said.actor,
        filed_at=said.at,
        taken_back_at=None,
        erased_at=None,
    )


@told_by("upkeep_file_taken_back")
def _upkeep_file_taken_back(picture: Picture, said: Said) -> None:
    picture.say("upkeep_files", (said.data["file"],), taken_back_at=said.at)


@told_by("assigned", "claimed", "drawn", "handed_over")
def _asked(picture: Picture, said: Said) -> None:
    """Handing over releases one reviewer and asks another."""
    data, given = said.data, None
    if said.kind == "handed_over":
        (given,) = _open_reviews(picture, data["from"])
        picture.say("assignments", given, released_at=said.at)
    picture.say(
        "assignments",
        (data["reviewer"], len(_reviews_of(picture, data["reviewer"])) + 1),
        origin=said.kind,
        assigned_at=said.at,
        due_at=data.get("due_at", UNTOLD),
        handed_over_from=None if given is None else list(given),
        sent_at=None,
        released_at=None,
    )


@told_by("released")
def _released(picture: Picture, said: Said) -> None:
    """Sent or not: an objection that is upheld takes a review back that was sent."""
    for key, row in _reviews_of(picture, said.data["reviewer"]).items():
        if row["released_at"] is None:
            picture.say("assignments", key, released_at=said.at)


@told_by_effect("close_own_review")
def _sent(picture: Picture, said: Said) -> None:
    for key in _open_reviews(picture, said.actor):
        picture.say("assignments", key, sent_at=said.at)


def _reviews_of(picture: Picture, reviewer: Any) -> dict[RowKey, Row]:
    return {key: row for key, row in picture.rows("assignments").items() if key[0] == reviewer}


def _open_reviews(picture: Picture, reviewer: Any) -> list[RowKey]:
    """Neither sent nor given back."""
    found = _reviews_of(picture, reviewer)
    return [key for key, row in found.items() if row["sent_at"] is None and row["released_at"] is None]


@told_by("consensus_proposed")
def _proposed(picture: Picture, said: Said) -> None:
    """It replaces what stood proposed in the same role. Whoever proposes agrees."""
    data = said.data
    _close(picture, said, role=said.role)
    picture.say(
        "proposals",
        (said.seq,),
        rubric=data["rubric"],
        criterion=data["criterion"],
        value=data["value"],
        role=said.role,
        proposed_by_id=said.actor,
        closed_at=None,
    )
    picture.say("consents", (said.seq, said.actor), seq=said.seq)


@told_by("consensus_confirmed")
def _confirmed(picture: Picture, said: Said) -> None:
    picture.say("consents", (said.data["proposed"], said.actor), seq=said.seq)


@told_by("consensus_withdrawn")
def _withdrawn(picture: Picture, said: Said) -> None:
    picture.say("proposals", (said.data["proposed"],), closed_at=said.at)


@told_by("consensus_reached")
def _reached(picture: Picture, said: Said) -> None:
    data = said.data
    agreed = {name: data[name] for name in ("rubric", "criterion", "value")}
    picture.say("agreed", (data["proposed"],), **agreed, agreed_at=said.at)
    _close(picture, said)


def _close(picture: Picture, said: Said, role: Any = None) -> None:
    """What stands proposed for the criterion of the event, in `role` or in any, stands no more."""
    about = said.data["rubric"], said.data["criterion"]
    for row in picture.rows("proposals").values():
        if (
            (row["rubric"], row["criterion"]) == about
            and row["closed_at"] is None
            and role in (None, row["role"])
        ):
            row["closed_at"] = said.at


@told_by("no_interest")
def _no_interest(picture: Picture, said: Said) -> None:
    picture.say(
        "declarations",
        (said.seq,),
        person_id=said.actor,
        role=said.role,
        assignment=_last_review(picture, said.actor) if said.role == "reviewer" else None,
        declared_at=said.at,
    )


@told_by("interest_declared", "tie_named")
def _interest(picture: Picture, said: Said) -> None:
    """Declared by the person, or named by the organisation."""
    person = said.data["person"] if said.kind == "tie_named" else said.actor
    values = {"kind": said.data["kind"], "role": said.role, "declared_at": said.at}
    picture.say("interests", (said.seq,), person_id=person, **values)


@told_by("objected")
def _objected(picture: Picture, said: Said) -> None:
    picture.say(
        "objections",
        (said.seq,),
        reviewer_id=said.data["reviewer"],
        assignment=_last_review(picture, said.data["reviewer"]),
        made_at=said.at,
        answered_seq=None,
        answered_at=None,
        upheld=None,
    )


@told_by("objection_upheld", "objection_rejected")
def _objection_answered(picture: Picture, said: Said) -> None:
    upheld = said.kind == "objection_upheld"
    answer = {"answered_seq": said.seq, "answered_at": said.at}
    picture.say("objections", (said.data["objected"],), **answer, upheld=upheld)


def _last_review(picture: Picture, reviewer: Any) -> "list[Any] | None":
    """The last that somebody was asked for."""
    found = [*_reviews_of(picture, reviewer)]
    return list(found[-1]) if found else None


@told_by("override_proposed")
def _override(picture: Picture, said: Said) -> None:
    picture.say(
        "overrides",
        (said.seq,),
        person_id=said.data["person"],
        interests=said.data["interests"],
        proposed_by_id=said.actor,
        proposed_at=said.at,
        answered_by_id=None,
        answered_seq=None,
        answered_at=None,
        allowed=None,
    )


@told_by("override_allowed", "override_denied")
def _override_answered(picture: Picture, said: Said) -> None:
    answer = {"answered_by_id": said.actor, "answered_seq": said.seq, "answered_at": said.at}
    allowed = said.kind == "override_allowed"
    picture.say("overrides", (said.data["proposed"],), **answer, allowed=allowed)


@told_by("tie_withdrawal_asked")
def _tie_withdrawn(picture: Picture, said: Said) -> None:
    picture.say(
        "tie_withdrawals",
        (said.seq,),
        person_id=said.actor,
        declared=said.data["declared"],
        asked_at=said.at,
        answered_by_id=None,
        answered_seq=None,
        answered_at=None,
        confirmed=None,
    )


@told_by("tie_withdrawal_confirmed", "tie_withdrawal_refused")
def _tie_withdrawal_answered(picture: Picture, said: Said) -> None:
    answer = {"answered_by_id": said.actor, "answered_seq": said.seq, "answered_at": said.at}
    confirmed = said.kind == "tie_withdrawal_confirmed"
    picture.say("tie_withdrawals", (said.data["withdrawn"],), **answer, confirmed=confirmed)


@told_by("report_contested")
def _contested(picture: Picture, said: Said) -> None:
    about = {each: said.data[each] for each in CRITERION}
    picture.say(
        "contests",
        (said.seq,),
        **about,
        finding_id=said.data["finding"],
        made_at=said.at,
        answered_seq=None,
        answered_at=None,
        answered_role="",
        accepted=None,
    )
    for sha256 in said.data["files"]:
        picture.say("contest_files", (said.seq, sha256), **about)


@told_by("contest_answered")
def _contest_answered(picture: Picture, said: Said) -> None:
    answer = {"answered_seq": said.seq, "answered_at": said.at, "answered_role": said.role}
    picture.say("contests", (said.data["contested"],), **answer, accepted=said.data["accepted"])


@told_by("question_asked")
def _question_asked(picture: Picture, said: Said) -> None:
    picture.say(
        "questions",
        (said.seq,),
        **{name: said.data[name] for name in (*CRITERION, "due_on", "follows")},
        asked_by_id=said.actor,
        role=said.role,
        asked_at=said.at,
        answered_seq=None,
        answered_at=None,
        withdrawn_seq=None,
        withdrawn_at=None,
    )


@told_by("question_answered")
def _question_answered(picture: Picture, said: Said) -> None:
    data = said.data
    picture.say("questions", (data["asked"],), answered_seq=said.seq, answered_at=said.at)
    for sha256 in data.get("files", ()):
        picture.say("question_files", (data["asked"], sha256), **{each: data[each] for each in CRITERION})


@told_by("question_withdrawn")
def _question_withdrawn(picture: Picture, said: Said) -> None:
    picture.say("questions", (said.data["asked"],), withdrawn_seq=said.seq, withdrawn_at=said.at)


@told_by("visit_planned")
def _visit_planned(picture: Picture, said: Said) -> None:
    picture.say(
        "visits",
        (said.seq,),
        kind=said.data["kind"],
        unit=said.data["unit"],
        **_meeting(said),
        planned_by_id=said.actor,
        place_seq=said.seq,
        agenda_seq=None,
        cancelled_at=None,
        held_at=None,
        attended=[],
        closed_at=None,
    )


@told_by("visit_moved")
def _visit_moved(picture: Picture, said: Said) -> None:
    picture.say("visits", (said.data["visit"],), **_meeting(said))


def _meeting(said: Said) -> dict[str, Any]:
    """Whatever was answered to another meeting is open again."""
    data = said.data
    when = {"begins_at": data["begins_at"], "ends_at": data["ends_at"], "zone": data["zone"]}
    unanswered = {"timed_at": said.at, "confirmed_at": None, "asked_seq": None}
    return {**when, "people": [each["person"] for each in data["people"]], **unanswered}


@told_by("visit_placed", "visit_agenda")
def _visit_described(picture: Picture, said: Said) -> None:
    column = "place_seq" if said.kind == "visit_placed" else "agenda_seq"
    picture.say("visits", (said.data["visit"],), **{column: said.seq})


@told_by("visit_confirmed")
def _visit_confirmed(picture: Picture, said: Said) -> None:
    picture.say("visits", (said.data["visit"],), confirmed_at=said.at, asked_seq=None)


@told_by("visit_other_date")
def _visit_other_date(picture: Picture, said: Said) -> None:
    picture.say("visits", (said.data["visit"],), confirmed_at=None, asked_seq=said.seq)


@told_by("visit_cancelled", "visit_closed")
def _visit_ended(picture: Picture, said: Said) -> None:
    column = "cancelled_at" if said.kind == "visit_cancelled" else "closed_at"
    picture.say("visits", (said.data["visit"],), **{column: said.at})


@told_by("visit_held")
def _visit_held(picture: Picture, said: Said) -> None:
    there = [each["person"] for each in said.data["people"]]
    picture.say("visits", (said.data["visit"],), held_at=said.at, attended=there)


@told_by_effect("open_ballot")
def _ballot_opened(picture: Picture, said: Said) -> None:
    picture.say("ballots", (len(picture.rows("ballots")) + 1,), opened_at=said.at)


@told_by_effect("record_vote")
def _voted(picture: Picture, said: Said) -> None:
    ballot, choice = len(picture.rows("ballots")), said.data["choice"]
    picture.say("votes", (said.seq,), ballot=ballot, member_id=said.actor, choice=choice)


@told_by_effect("close_ballot")
def _ballot_closed(picture: Picture, said: Said) -> None:
    picture.say("closings", (len(picture.rows("ballots")),), seq=said.seq, closed_at=said.at)


@told_by("recused")
def _recused(picture: Picture, said: Said) -> None:
    picture.say("recusals", (said.seq,), member_id=said.actor, recused_at=said.at)


@told_by("dissented")
def _dissented(picture: Picture, said: Said) -> None:
    picture.say("dissents", (said.seq,), ballot=said.data["ballot"], member_id=said.actor)


@told_by("minuted")
def _minuted(picture: Picture, said: Said) -> None:
    picture.say("minutes", (said.seq,), sitting_id=said.data["sitting"])


@told_by("erased")
def _erased_in_row(picture: Picture, said: Said) -> None:
    data, what = said.data, said.data["what"]
    if what == "narrative" and (data.get("rubric"), data.get("criterion")) in picture.rows("answers"):
        key: RowKey = (data["rubric"], data["criterion"])
        picture.say("answers", key, narrative="", narrative_erased_at=said.at)
    elif what == "note":
        key = data["reviewer"], data["assignment"], data["rubric"], data["criterion"]
        picture.say("ratings", key, note="", note_erased_at=said.at)
    elif what in ("file_name", "file"):
        key = data["rubric"], data["criterion"], data["sha256"], data["number"]
        gone = (
            {"name": "", "name_erased_at": said.at} if what == "file_name" else {"content_erased_at": said.at}
        )
        picture.say("evidence", key, **gone)
    elif what == "complaint_file":
        picture.say("complaint_files", (data["file"],), name="", erased_at=said.at)
    elif what == "upkeep_file":
        picture.say("upkeep_files", (data["file"],), name="", erased_at=said.at)


# ---------------------------------------------------------------- what steps judged, against what was told by then

OWN = "own_review_complete"
OF_RATINGS = frozenset(("evidence", "ratings"))
OF_A_DECISION = frozenset((*OF_RATINGS, "pieces"))
KEPT = {
    "self_assessment_complete": frozenset(("evidence",)),
    OWN: OF_RATINGS,
    "reconciled": OF_RATINGS,
    "outcome": OF_A_DECISION,
    "votes": OF_A_DECISION,
}
"""By guard what a step with it says of what was judged. The first releases did not say all of it."""


class Judging:
    """What the steps of one file say that they judged, against what its events tell until then.

    The digest of all ratings is taken over numbers of a table that no event tells of. So it is compared with those
    that other steps of the file name: they are equal where nothing was rated, sent, released or agreed on between,
    and only there. The same goes for what the ratings came to.
    """

    def __init__(self, picture: Picture, schemes: dict[str, Scheme]) -> None:
        self.picture, self.schemes = picture, schemes
        self.digests: dict[Any, Any] = {}  # of all ratings, by what was given
        self.given: dict[Any, Any] = {}  # and the other way round
        self.came_to: dict[Any, Any] = {}
        self.kept: dict[str, set[str]] = {}  # by guard: what was said once is said ever after

    def otherwise(self, said: Said) -> Iterator[str]:
        """What `said`, which is not yet told, names otherwise: names of THINGS."""
        scheme = self.schemes.get(str(said.edition))
        if said.kind not in ("transition", "judged_anew") or scheme is None or scheme.subject != "dossier":
            return
        guards, judged, decides = scheme.guards(said.transition), said.judged, "pieces" in said.judged
        gone = self._not_kept(guards, judged)
        if "evidence" in gone or self._other_evidence(judged):
            yield "judged_evidence"
        if decides and said.pieces.get("editions") != scheme.pins:
            yield "judged_editions"
        yield from self._other_scope(judged)
        if not self.picture.whole:
            return
        if gone - {"evidence"} or self._other_ratings(said, set(guards)):
            yield "judged_ratings"
        if decides and said.pieces.get("consensus") != self._agreed():
            yield "judged_consensus"
        if self._other_sheets(judged):
            yield "judged_sheets"

    def _not_kept(self, guards: Iterable[str], judged: dict[str, Any]) -> set[str]:
        gone: set[str] = set()
        for each in KEPT.keys() & set(guards):
            kept, here = self.kept.setdefault(each, set()), KEPT[each] & judged.keys()
            gone |= kept - here
            kept |= here
        return gone

    def _other_evidence(self, judged: dict[str, Any]) -> bool:
        standing = [
            key[:3] for key, row in self.picture.rows("evidence").items() if row["taken_back_at"] is None
        ]
        rows = [{"rubric": each[0], "criterion": each[1], "sha256": each[2]} for each in standing]
        filed: dict[str, dict[str, list[Any]]] = {}
        for rubric, criterion, sha256 in sorted(standing):
            filed.setdefault(rubric, {}).setdefault(criterion, []).append(sha256)
        return (
            judged.get("evidence", rows_digest(rows)) != rows_digest(rows)
            or judged.get("evidence_count", len(rows)) != len(rows)
            or ("pieces" in judged and as_object(judged["pieces"]).get("evidence") != filed)
        )

    def _other_scope(self, judged: dict[str, Any]) -> Iterator[str]:
        """Nothing is kept of one that is the whole organisation."""
        row = self.picture.rows("subject").get((), {})
        asked = {name: row.get(f"scope_{name}", "") for name in ("ar", "en")}
        kept = [as_object(judged["pieces"]).get("scope")] if "pieces" in judged else []
        kept += [judged.get("scope")] if "answers" in judged else []
        if any(each != (asked if any(asked.values()) else None) for each in kept):
            yield "judged_scope"

    def _other_ratings(self, said: Said, guards: set[str]) -> bool:
        digest = said.judged.get("ratings")
        if "pieces" in said.judged and _reviews_named(said.pieces) != self._reviews_sent():
            return True
        if digest is None or {OWN, "reconciled"} <= guards:  # whose ratings it is of cannot be told
            return False
        if OWN in guards:
            return digest != rows_digest(self._own(said.actor))
        given = self._sent()
        return (
            self.digests.setdefault(given, digest) != digest or self.given.setdefault(digest, given) != given
        )

    def _other_sheets(self, judged: dict[str, Any]) -> bool:
        """A later version of the site may write a sheet otherwise: its digest is not asked for."""
        given, other = self._sent(), False
        for name, sheet in judged.items():
            kind, _, rubric = name.partition(":")
            if kind == "sheet":
                result = as_object(sheet).get("outcome"), as_object(sheet).get("percent")
                first = json.dumps(judged.get(f"first:{rubric}"), sort_keys=True)
                other |= self.came_to.setdefault((given, rubric, first), result) != result
        return other

    def _standing(self) -> list[RowKey]:
        """Reviews that were sent and not released, in the order in which they were asked for."""
        found = self.picture.rows("assignments").items()
        return [key for key, row in found if row["sent_at"] is not None and row["released_at"] is None]

    def _own(self, reviewer: Any) -> list[Row]:
        reviews = {
            key for key, row in _reviews_of(self.picture, reviewer).items() if row["released_at"] is None
        }
        return [row for key in reviews for row in self._ratings(key)]

    def _ratings(self, review: RowKey) -> list[Row]:
        found = self.picture.rows("ratings").items()
        return [
            {"rubric": key[2], "criterion": key[3], "value": row["value"]}
            for key, row in found
            if key[:2] == review and row["value"]
        ]

    def _reviews_sent(self) -> "Counter[tuple[Any, ...]]":
        sent = [(key[0], self._ratings(key)) for key in self._standing()]
        return Counter(
            (
                reviewer,
                rows_digest(rows),
                frozenset((each["rubric"], each["criterion"], each["value"]) for each in rows),
            )
            for reviewer, rows in sent
        )

    def _sent(self) -> "frozenset[tuple[Any, ...]]":
        """All that reviews gave which were sent, with what was agreed on in its place."""
        reviews, agreed = set(self._standing()), self._agreed_on()
        found = self.picture.rows("ratings").items()
        return frozenset(
            (*key, row["value"], agreed.get(key[2:])) for key, row in found if key[:2] in reviews
        )

    def _agreed(self) -> dict[str, dict[str, Any]]:
        agreed: dict[str, dict[str, Any]] = {}
        for _, _, rubric, criterion, value, instead in self._sent():
            if value and instead is not None:
                agreed.setdefault(rubric, {})[criterion] = instead
        return agreed

    def _agreed_on(self) -> dict[RowKey, Any]:
        """The last that was agreed on each criterion. A review that was sent later puts an end to it."""
        reviews = self.picture.rows("assignments")
        sent = [as_moment(reviews[each]["sent_at"]) for each in self._standing()]
        return {
            (row["rubric"], row["criterion"]): row["value"]
            for row in self.picture.rows("agreed").values()
            if not any(each > as_moment(row["agreed_at"]) for each in sent)
        }


def _reviews_named(pieces: dict[str, Any]) -> "Counter[tuple[Any, ...]] | None":
    """Who gave what, of what a decision names side by side; None where that is more or less than there are
    reviews."""
    reviews = as_list(pieces.get("reviews"))
    ratings = [
        (rubric, criterion, values)
        for rubric, given in as_object(pieces.get("ratings")).items()
        for criterion, values in given.items()
    ]
    if any(len(values) != len(reviews) for _, _, values in ratings):
        return None
    return Counter(
        (
            each["reviewer"],
            each["ratings"],
            frozenset((*about, values[place]) for *about, values in ratings if values[place] is not None),
        )
        for place, each in enumerate(reviews)
    )


# ---------------------------------------------------------------- what was possible

KINDS = frozenset(
    (
        "account_closed",
        "account_opened",
        "activated",
        "address_confirmed",
        "amended",
        "amendment_explained",
        "answers_carried",
        "answers_confirmed",
        "answers_saved",
        "assigned",
        "attendance_noted",
        "audit_sample_drawn",
        "claimed",
        "code_accepted",
        "complaint_added",
        "complaint_audit_called",
        "complaint_contact",
        "complaint_file_added",
        "colleague_invited",
        "consensus_confirmed",
        "consensus_proposed",
        "consensus_reached",
        "consensus_withdrawn",
        "contest_answered",
        "correction_filed",
        "disengaged",
        "dissented",
        "document_dated",
        "document_filed",
        "drawn",
        "email_changed",
        "employer_named",
        "engaged",
        "erased",
        "evidence_filed",
        "evidence_mismatch",
        "evidence_taken_back",
        "factor_added",
        "factor_removed",
        "factors_taken_off",
        "handed_over",
        "interest_declared",
        "invitation_closed",
        "joined",
        "judged_anew",
        "key_made",
        "key_retired",
        "leave_cancelled",
        "leave_said",
        "left",
        "looked",
        "loss_accepted",
        "migrated",
        "minuted",
        "no_interest",
        "objected",
        "objection_rejected",
        "objection_upheld",
        "opened",
        "organisation_changed",
        "organisation_registered",
        "organisations_imported",
        "override_allowed",
        "override_denied",
        "override_proposed",
        "owner_named",
        "paper_made",
        "password_changed",
        "profile_said",
        "question_answered",
        "question_asked",
        "question_withdrawn",
        "rated",
        "recovery_codes_made",
        "recused",
        "refused",
        "released",
        "report_amended",
        "report_contested",
        "report_made",
        "reviewer_profile",
        "reviewers_drawn",
        "role_end_changed",
        "role_ended",
        "role_granted",
        "sample_drawn",
        "scope_set",
        "scope_stated",
        "scope_worded",
        "sessions_ended",
        "sign_in_refused",
        "signed_in",
        "signing_key_made",
        "signing_key_retired",
        "sitting_cancelled",
        "sitting_closed",
        "sitting_planned",
        "standing_changed",
        "text_amended",
        "tie_named",
        "tie_withdrawal_asked",
        "tie_withdrawal_confirmed",
        "tie_withdrawal_refused",
        "token_ended",
        "token_made",
        "transition",
        "upkeep_file_added",
        "upkeep_file_taken_back",
        "visit_agenda",
        "visit_cancelled",
        "visit_closed",
        "visit_confirmed",
        "visit_held",
        "visit_moved",
        "visit_noted",
        "visit_other_date",
        "visit_placed",
        "visit_planned",
        "webhook_changed",
        "webhook_ended",
        "webhook_made",
        "webhook_secret_changed",
    )
)
UTC = timezone.utc  # noqa: UP017 - as older Pythons have it
CLOCKS = timedelta(minutes=1)  # by which the clocks of a site may differ
COMMITS = timedelta(hours=1)  # an event is covered when its transaction is over
SYSTEM = "system"
GRANTED = frozenset(
    (
        "coordinator",
        "reviewer",
        "panel",
        "appeal_panel",
        "chair",
        "coach",
        "methodologist",
        "auditor",
        "administrator",
    )
)


def check_possible(
    report: Report, trail: Trail, schemes: dict[str, Scheme], covered: Covered, everything: bool
) -> None:
    """Every event against its edition and those before it: whoever put one in before it was signed has a chain and
    a tree that agree with it."""
    unread = {Path(each.file).stem for each in report.problems if each.code == "edition"}
    for stream, said in trail.items():
        file = f"events/{stream}.jsonl"
        _in_time(report, file, [(each.seq, str(each.event.get("at"))) for each in said], CLOCKS)
        _Road(report, file, schemes, unread).walk(said)
        for each in said:
            if each.kind == "erased":
                _erasure_possible(report, file, each)
            if each.kind == "loss_accepted":
                facts = {"signed": each.data.get("signed"), "held": each.data.get("held")}
                report.note("loss_accepted", day=str(each.event.get("at"))[:10], **facts)
    _in_order(report, covered)
    _roles_held(report, trail, everything)
    unknown = sorted({str(each.kind) for said in trail.values() for each in said} - KINDS)
    if unknown:
        report.note("kinds_unknown", kinds=", ".join(unknown))


def _in_order(report: Report, covered: Covered) -> None:
    latest = ""
    for _, at, file, seq in sorted(covered.order):
        if latest and as_moment(at) < as_moment(latest) - COMMITS:
            report.wrong("moment_back", file, seq, at=at, earlier=latest)
            latest = at  # or each after one that is too late would be named
        latest = max(latest, at)


def _roles_held(report: Report, trail: Trail, everything: bool) -> None:
    """What people were given stands in their own streams, which a bundle of some files has not."""
    held, resting = Held(trail), 0
    for stream, said in trail.items():
        for each in said:
            if not (each.role and each.actor):
                continue
            resting += 1
            if everything and not held.by(each):
                report.wrong("impossible_role", f"events/{stream}.jsonl", each.seq, role=each.role)
    if resting and not everything:
        report.note("roles_unproved", events=resting)


def _in_time(report: Report, file: str, moments: list[tuple[int, str]], tolerance: timedelta) -> None:
    """Moments go forward along a stream, and none is to come, as far as this computer's clock knows."""
    before, limit = "", datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1)
    for seq, at in moments:
        if before and as_moment(at) < as_moment(before) - tolerance:
            report.wrong("moment_back", file, seq, at=at, earlier=before)
        if as_moment(at) > limit:
            report.wrong("moment_to_come", file, seq, at=at)
        before = at


def _erasure_possible(report: Report, file: str, said: Said) -> None:
    if said.role != "administrator" or not said.actor:
        report.wrong("impossible_erasure", file, said.seq, role=said.role or "-")
    elif not said.comment_digest:
        report.wrong("impossible_comment", file, said.seq)


class _Road:
    """Where one file stood, event by event, and what was voted in its ballots."""

    def __init__(self, report: Report, file: str, schemes: dict[str, Scheme], unread: set[str]) -> None:
        self.report, self.file, self.schemes = report, file, schemes
        self.unread = unread  # editions that are not what they were: nothing is known of their steps
        self.stood: Any = None
        self.edition: Any = None
        self.ballot = 0
        self.votes: dict[int, tuple[Any, Any]] = {}  # by event: who, and what
        self.aside: set[Any] = set()

    def walk(self, said: list[Said]) -> None:
        for each in said:
            if each.kind == "recused":
                self.aside.add(each.actor)
            if each.kind == "opened":
                self.edition = each.edition
            self._moved(each, self.schemes.get(str(each.edition)))
            if each.target:
                self.stood = each.target

    def _moved(self, said: Said, scheme: "Scheme | None") -> None:
        if said.kind == "transition" and scheme is not None:
            self._step(said, scheme)
        elif said.kind == "migrated":
            self._migrated(said, scheme)
        elif said.kind == "transition" and str(said.edition) in self.unread:
            pass
        elif said.target and (said.kind, said.seq) != ("opened", 1):
            facts = {"source": said.source, "target": said.target, "role": said.role or "-"}
            self._wrong("impossible_step", said, step=said.kind, **facts)

    def _wrong(self, code: str, said: Said, **facts: Any) -> None:
        self.report.wrong(code, self.file, said.seq, **facts)

    def _migrated(self, said: Said, scheme: "Scheme | None") -> None:
        """Brought under another edition, in the state where it stood, by an administrator who says why."""
        known = scheme is None or said.target in scheme.states
        if not known or (said.actor and said.role != "administrator") or said.source != said.target:
            facts = {"source": said.source, "target": said.target, "role": said.role or "-"}
            self._wrong("impossible_step", said, step=said.kind, **facts)
        if said.source != self.stood:
            self._wrong("impossible_source", said, source=said.source, stood=self.stood)
        if said.data.get("from") != self.edition:
            self._wrong("impossible_edition", said)
        if not said.comment_digest:
            self._wrong("impossible_comment", said)
        self.edition = said.edition

    def _step(self, said: Said, scheme: Scheme) -> None:
        step = as_object(scheme.steps.get(str(said.transition)))
        facts = {
            "step": said.transition,
            "source": said.source,
            "target": said.target,
            "role": said.role or "-",
        }
        leaves = said.source in as_list(step.get("from")) and said.target == step.get("to")
        if not leaves or not self._may_take(said, scheme, as_list(step.get("by"))):
            self._wrong("impossible_step", said, **facts)
        if said.source != self.stood:
            self._wrong("impossible_source", said, source=said.source, stood=self.stood)
        if said.edition != self.edition:
            self._wrong("impossible_edition", said)
        if step.get("comment") == "required" and said.actor and not said.comment_digest:
            self._wrong("impossible_comment", said)
        self._judged(said, scheme.guards(said.transition))
        self._count(said, scheme.effects.get(str(said.transition), frozenset()))

    def _may_take(self, said: Said, scheme: Scheme, by: list[Any]) -> bool:
        if said.actor:
            return said.role in by and said.role != SYSTEM
        own = SYSTEM in by or scheme.deadline(str(said.source)).get("then") == said.transition
        return own and said.role == SYSTEM

    def _judged(self, said: Said, rules: dict[str, Any]) -> None:
        judged = said.judged
        if "may_vote" in rules:
            self._vote(said, judged, rules["may_vote"])
        if "votes" not in rules:
            return
        cast = {seq: choice for seq, (_, choice) in self.votes.items()}
        named = {
            as_object(each).get("seq"): as_object(each).get("choice") for each in as_list(judged.get("cast"))
        }
        if not judged:
            self._wrong("impossible_decision", said)
        elif (
            as_object(judged.get("votes")) != Counter(cast.values())
            or ("cast" in judged and named != cast)
            or judged.get("ballot", self.ballot) != self.ballot
        ):
            self._wrong("other_votes", said)

    def _vote(self, said: Said, judged: dict[str, Any], rule: Any) -> None:
        choices = as_list(rule) or as_list(as_object(rule).get("choices"))
        again = said.actor in {who for who, _ in self.votes.values()}
        unsalted = as_object(rule).get("secret") is True and not judged.get("salt")
        elsewhere = not self.ballot or judged.get("ballot", self.ballot) != self.ballot
        offered = said.data.get("choice") in choices
        if again or unsalted or elsewhere or not offered or said.actor in self.aside:
            self._wrong("impossible_vote", said)

    def _count(self, said: Said, effects: frozenset[str]) -> None:
        if "open_ballot" in effects:
            self.ballot, self.votes = self.ballot + 1, {}
        if "record_vote" in effects:
            self.votes[said.seq] = (said.actor, said.data.get("choice"))


def as_utc(text: str) -> datetime:
    """A moment in whatever zone it is written."""
    return datetime.fromisoformat(text).astimezone(UTC).replace(tzinfo=None)


def _rule(rule: Any) -> Iterator[tuple[str, Any]]:
    """A guard is a name, or a name with parameters."""
    yield from [(rule, {})] if isinstance(rule, str) else as_object(rule).items()


class Held:
    """Who held which role when, as the events of people say."""

    def __init__(self, trail: Trail) -> None:
        self.spans: dict[tuple[Any, Any], list[list[Any]]] = {}
        for person, said in trail.items():
            for each in said:
                self._take(person, each)

    def _take(self, person: str, said: Said) -> None:
        if said.kind in ("role_granted", "role_end_changed", "role_ended"):
            key, place = (person, said.data.get("role")), said.data.get("scheme")
        elif said.kind in ("joined", "left", "standing_changed"):
            key, place = (person, "applicant"), said.data.get("organisation")
        else:
            return
        spans = self.spans.setdefault(key, [])
        going_on = [
            each for each in spans if each[0] == place and (each[2] is None or each[2] > as_moment(said.at))
        ]
        acts = said.data.get("standing") != "reader"  # who reads for an organisation does not act for it
        begins = said.kind == "role_granted" or (said.kind == "joined" and acts)
        if begins or (said.kind == "standing_changed" and acts and not going_on):
            until = said.data.get("until") if said.kind == "role_granted" else None
            spans.append([place, as_moment(said.at), as_utc(until) if until else None])
        if said.kind in ("role_granted", "joined") or (said.kind == "standing_changed" and acts):
            return
        changed = said.kind == "role_end_changed"
        ends, before = (said.data.get(each) for each in (("until", "before") if changed else ("", "until")))
        meant = [each for each in going_on if each[2] == (as_utc(before) if before else None)]
        for span in (meant or going_on)[:1]:
            span[2] = as_moment(said.at) if not changed else as_utc(ends) if ends else None

    def by(self, said: Said) -> bool:
        if said.role != "applicant" and said.role not in GRANTED:
            return True  # no role that anybody is given
        at = as_moment(said.at)
        return any(
            since - CLOCKS <= at and (until is None or at <= until + CLOCKS)
            for _, since, until in self.spans.get((said.actor, said.role), ())
        )


# ---------------------------------------------------------------- rows: what the site shows, against what was told


def check_table(name: str, bundle: Bundle, report: Report, told: Told) -> None:
    """Every row is told of, every row that was told of is here, each once, and every column is as it was told."""
    table, file = TABLES[name], f"rows/{name}.jsonl"
    columns, expected = table.columns, told.rows[name]
    seen: set[RowKey] = set()
    for number, row in bundle.lines(file):
        exactly(row, columns, file, number, report)
        key = tuple([hashable(row.get(each)) for each in table.keys])
        facts = {"what": name, "which": shown(key[1:] or key)}
        said = expected.get(key)
        if key in seen:
            report.wrong("row_twice", file, number, **facts)
        elif said is not None:
            compare(table, row, said, Cell(report, file, number, facts))
        elif table.effects and not told.whole(key[0]):
            for column in row:
                report.unproven(file, column)
        else:
            report.wrong("row_added", file, number, **facts)
        seen.add(key)
    for key in expected.keys() - seen if len(expected) > len(expected.keys() & seen) else ():
        if not table.effects or told.whole(key[0]):
            report.wrong("row_gone", file, what=name, which=shown(key[1:] or key))


@dataclass(frozen=True)
class Cell:
    """Where a row stands, for what is said of its columns."""

    report: Report
    file: str
    number: int
    facts: dict[str, Any]

    def wrong(self, column: str, here: Any, said: Any) -> None:
        facts = {**self.facts, "column": column, "here": here, "said": said}
        self.report.wrong("row", self.file, self.number, **facts)

    def wrong_text(self, column: str) -> None:
        self.report.wrong("row_text", self.file, self.number, **self.facts, column=column)

    def unproven(self, column: str) -> None:
        self.report.unproven(self.file, column)


def compare(table: Table, row: Row, said: Row, cell: Cell) -> None:
    """Each told column of a row with what events said of it. One that is missing was named already."""
    for column in table.told:
        value = said.get(column, UNTOLD)
        if column not in row:
            continue
        if value is UNTOLD:
            cell.unproven(column)
        elif column in table.texts:
            if not fits_text(row, column, value):
                cell.wrong_text(column)
        elif differ(row[column], value):
            _differs(table, column, row[column], value, cell)


def _differs(table: Table, column: str, here: Any, said: Any, cell: Cell) -> None:
    if not (column in table.near and near(here, said)):
        cell.wrong(column, here, said)


def fits_text(row: Row, column: str, digest: Any) -> bool:
    """Whether the text has this digest with its salt; of no text there is neither."""
    text, salt = row[column], row.get(f"{column}_salt", "")
    if digest == "":
        return text == "" and salt == ""
    try:
        return bool(hashlib.sha256(unhexed(salt) + utf8(text)).hexdigest() == digest)
    except (TypeError, ValueError, AttributeError):
        return False


A_MOMENT = timedelta(minutes=1)


def near(here: Any, said: Any) -> bool:
    """A row keeps the moment in which it was written, a moment before its event."""
    try:
        return timedelta() <= as_moment(said) - as_moment(here) <= A_MOMENT
    except (TypeError, ValueError):
        return False


def as_moment(text: Any) -> datetime:
    """In UTC. Raises ValueError or TypeError where it is none, or not written as the site writes it."""
    if len(text) != 27 or text[-1] != "Z":
        raise ValueError(f"{text} is no moment")
    return datetime.fromisoformat(text[:-1])


def differ(here: Any, said: Any) -> bool:
    """True is not 1, and 1.0 is not 1."""
    if here.__class__ is not said.__class__:
        return True
    return bool(here != said) or (isinstance(here, (list, dict)) and json.dumps(here) != json.dumps(said))


def hashable(value: Any) -> Any:
    """Of a key: itself, where it is what a key may be."""
    return value if value.__class__ in (str, int) or value is None else json.dumps([value])


def shown(key: RowKey) -> str:
    return " ".join(str(each) for each in key)


# ---------------------------------------------------------------- states: what the site shows, and what events say


def check_subjects(
    bundle: Bundle, report: Report, trail: Trail, schemes: dict[str, Scheme], told: Told
) -> None:
    """Each row stands where the last event that speaks of a state left it, is what it was opened as, and is here
    once."""
    file, seen = "subjects.jsonl", set()
    gone = {stream for stream, said in trail.items() if any(each.target for each in said)}
    for number, line in bundle.lines(file):
        row, kind = as_object(line.get("row")), line.get("kind")
        key = str(row.get("id"))
        said = trail.get(key, [])
        exactly(line, frozenset(("kind", "row")), file, number, report)
        if key in seen:
            report.wrong("row_twice", file, number, what="subjects", which=key)
        elif not any(each.target for each in said):
            report.wrong("subject_alone", file, number)
        elif kind not in SUBJECTS:
            report.wrong("kind", file, number, here=kind, said=", ".join(SUBJECTS))
        else:
            cell = Cell(report, file, number, {"what": "subjects", "which": key})
            _check_subject(cell, kind, row, said, schemes, told)
        seen.add(key)
    for stream in sorted(gone - seen):
        report.wrong("subject_gone", f"events/{stream}.jsonl", 1)


def _check_subject(
    cell: Cell, kind: str, row: Row, said: list[Said], schemes: dict[str, Scheme], told: Told
) -> None:
    report, file, number = cell.report, cell.file, cell.number
    exactly(row, frozenset(("id", *STATE, *OPENED[kind], *SUBJECTS[kind].told)), file, number, report)
    scheme = schemes.get(said[0].event["edition"])
    if scheme is not None and scheme.subject != kind:
        report.wrong("kind", file, number, here=kind, said=scheme.subject)
    _standing(cell, row, said, schemes)
    picture = told.pictures.get(str(row.get("id")))
    opened = (picture.opened if picture else {}) or said[0].data  # as amended since
    for column in OPENED[kind]:
        name = column[: -len("_id")] if column.endswith("_id") else column
        if name not in opened:
            if row.get(column):
                cell.unproven(column)
        elif differ(row.get(column), opened[name]):
            report.wrong("opening", file, number, column=column, here=row.get(column), said=opened[name])
    later = dict(told.rows["subject"].get((str(row.get("id")),), {}))
    if "scheme" in SUBJECTS[kind].told:
        later["scheme"] = UNTOLD if scheme is None else scheme.name
    compare(SUBJECTS[kind], row, later, cell)


def _standing(cell: Cell, row: Row, said: list[Said], schemes: dict[str, Scheme]) -> None:
    last = [each for each in said if each.target][-1]
    entered = ([each for each in said if each.target and each.source != each.target] or [last])[-1]
    expected = {
        "state": last.target,
        "state_seq": last.seq,
        "edition_id": last.edition,
        "entered_seq": entered.seq,
        "entered_at": entered.at,
    }
    for column, value in expected.items():
        if differ(row.get(column), value):
            _wrong_state(cell, column, row.get(column), value)
    migrated = [each for each in said if each.kind == "migrated" and each.seq > entered.seq]
    if migrated:  # the state ends as the other edition has it, and the event says when
        ends_at = migrated[-1].data.get("deadline")
        if differ(row.get("deadline_at"), ends_at):
            _wrong_state(cell, "deadline_at", row.get("deadline_at"), ends_at)
        return
    _ending(cell, row.get("deadline_at"), entered, said[0], schemes.get(str(entered.edition)))


def _wrong_state(cell: Cell, column: str, here: Any, said: Any) -> None:
    cell.report.wrong("state", cell.file, cell.number, column=column, here=here, said=said)


def _ending(cell: Cell, here: Any, entered: Said, opened: Said, scheme: "Scheme | None") -> None:
    """When the state that was entered ends by itself. What hangs on a day ends with it in the site's own time
    zone, which no event names."""
    due = UNTOLD if scheme is None else ends(scheme, entered, opened)
    if due is UNTOLD:
        cell.unproven("deadline_at")
    elif differ(here, due) and not ends_with(here, due):
        _wrong_state(cell, "deadline_at", here, due)


def ends(scheme: Scheme, entered: Said, opened: Said) -> Any:
    """When the state that was entered ends: a moment, a day, or None for never."""
    deadline = scheme.deadline(str(entered.target))
    if scheme.reckoned_once(str(entered.target)):
        return entered.data.get("deadline", UNTOLD)
    if "on" in deadline:
        return opened.data.get(deadline["on"])
    return later(entered.at, deadline["after"]) if "after" in deadline else None


FARTHEST = timedelta(hours=14)  # of any time zone from UTC
QUARTER = timedelta(minutes=15)  # by which time zones lie apart


def ends_with(here: Any, day: Any) -> bool:
    """Whether the moment is the last of the day, in some time zone. Of what is no day it is not."""
    try:
        apart = as_moment(here) - as_moment(f"{day}T23:59:59.999999Z")
    except (TypeError, ValueError):
        return False
    return abs(apart) <= FARTHEST and not apart % QUARTER


DURATION = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?\Z", re.ASCII
)


def later(since: Any, duration: str) -> str:
    """`since` and an ISO 8601 duration, on the calendar: a month after 31 January is the last of February. Raises
    ValueError."""
    match = DURATION.match(duration)
    if match is None:
        raise ValueError(f"{duration} is no duration")
    years, months, weeks, days, hours, minutes = (int(each or 0) for each in match.groups())
    begin = as_moment(since)
    month = begin.month - 1 + months
    year, month = begin.year + years + month // 12, month % 12 + 1
    day = min(begin.day, monthrange(year, month)[1])
    moved = begin.replace(year=year, month=month, day=day)
    moved += timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
    return moved.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


# ---------------------------------------------------------------- what was judged


def check_answers_judged(bundle: Bundle, report: Report, trail: Trail) -> None:
    """Whether answers are still those that were judged, for events from before they told narratives by digest."""
    judged = {stream: said for stream, said in trail.items() if _narratives_untold(said)}
    if not judged:
        return
    rows: dict[str, list[Row]] = {}
    for _, row in bundle.lines("rows/answers.jsonl"):
        rows.setdefault(str(row.get("dossier_id")), []).append(row)
    for stream, said in judged.items():
        _as_judged(report, rows.get(stream, []), said)


def _narratives_untold(said: list[Said]) -> bool:
    return any(each.kind == "answers_saved" and "narratives" not in each.data for each in said)


def _as_judged(report: Report, rows: list[Row], said: list[Said]) -> None:
    """Rows that no event has touched since they were last judged have the digest of then."""
    judged = [each for each in said if as_object(each.data.get("judged")).get("answers")]
    changed = [each.seq for each in said if each.kind == "answers_saved"]
    if not judged or changed[-1] > judged[-1].seq:
        return
    columns = ("rubric", "criterion", "rating", "narrative")
    now = rows_digest({name: row.get(name) for name in columns} for row in rows)
    if now not in erased_to(judged[-1].data["judged"]["answers"], said):
        report.wrong("judged", "rows/answers.jsonl", what="answers_judged", event=judged[-1].seq)


def erased_to(judged: str, said: list[Said]) -> list[str]:
    """The digest that was judged, and what it has become by erasures: each says what it was before and after."""
    digests = [judged]
    for each in said:
        change = as_object(each.data.get("answers"))
        if each.kind == "erased" and change.get("before") == digests[-1]:
            digests.append(str(change.get("after")))
    return digests


def rows_digest(rows: Iterable[Row]) -> str:
    """The digest by which events speak of rows: SHA-256 of their canonical forms, sorted, as one JSON list."""
    forms = sorted(
        json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
            "utf-8", "surrogatepass"
        )
        for row in rows
    )
    return hashlib.sha256(b"[" + b",".join(forms) + b"]").hexdigest()


# ---------------------------------------------------------------- other streams that events speak of


def check_spoken_of(report: Report, trail: Trail, schemes: dict[str, Scheme]) -> None:
    """Findings that a decision judged are here, are all of its file, and stood as it says; and what was opened for
    a file or for an organisation has that beside it."""
    raised: dict[Any, dict[str, Said]] = {}
    for stream, said in trail.items():
        if said and _subject(said[0], schemes) == "finding":
            raised.setdefault(said[0].data.get("dossier"), {})[stream] = said[0]
    for stream, said in trail.items():
        file = f"events/{stream}.jsonl"
        for each in said:
            _judged_findings(report, trail, file, each)
            if "pieces" in each.judged and _other_findings(trail, stream, raised.get(stream, {}), each):
                report.wrong("judged_otherwise", file, each.seq, what="judged_findings")
        opened = said[0].data if said and said[0].kind == "opened" else {}
        for of in (opened.get("dossier"), opened.get("organisation")):
            if of is not None and of not in trail:
                report.wrong("stream_gone", file, 1, which=of)
    check_certificates(report, trail, schemes)


def check_certificates(report: Report, trail: Trail, schemes: dict[str, Scheme]) -> None:
    """Each decision on which a certificate is issued has its certificate, and each certificate its decision."""
    issued = {
        (stream, _decided(said, each)): (f"events/{stream}.jsonl", each.seq)
        for stream, said in trail.items()
        for each in said
        if _issues(each, schemes)
    }
    certificates = {
        (said[0].data.get("dossier"), said[0].data["decided_seq"]): f"events/{stream}.jsonl"
        for stream, said in trail.items()
        if said and said[0].kind == "opened" and "decided_seq" in said[0].data
    }
    for decision, (file, seq) in issued.items():
        if decision not in certificates:
            report.wrong("certificate_gone", file, seq)
    for (of, seq), file in certificates.items():
        if (of, seq) not in issued and of in trail and _readable(trail[of], seq, schemes):
            report.wrong("certificate_alone", file, 1)


def _judged_findings(report: Report, trail: Trail, file: str, decision: Said) -> None:
    for finding, then in as_object(decision.pieces.get("findings")).items():
        if finding not in trail:
            report.wrong("stream_gone", file, decision.seq, which=finding)
            continue
        stood = {each.seq: each.target for each in trail[finding] if each.target}
        if stood.get(as_object(then).get("seq")) != as_object(then).get("state"):
            report.wrong("judged", f"events/{finding}.jsonl", what="finding", event=f"{file}#{decision.seq}")


def _other_findings(trail: Trail, stream: str, raised: dict[str, Said], decision: Said) -> bool:
    """Whether it names one of another file, or leaves one out that was raised by then."""
    named = as_object(decision.pieces.get("findings"))
    here = [trail[each][0] for each in named if trail.get(each)]
    before = as_moment(decision.at) - COMMITS
    left_out = [opened for finding, opened in raised.items() if finding not in named]
    return any(each.data.get("dossier") != stream for each in here) or any(
        as_moment(each.at) < before for each in left_out
    )


def _issues(said: Said, schemes: dict[str, Scheme]) -> bool:
    if said.kind != "transition" or said.edition not in schemes:
        return False
    return "issue_certificate" in schemes[said.edition].effects.get(said.transition, ())


def _decided(said: list[Said], issuing: Said) -> int:
    """The number of the event that decided: the step that issues the certificate, where it keeps what was judged
    or nothing before it does; else the last one that does, which the step announces."""
    judged = [each.seq for each in said if each.seq <= issuing.seq and each.pieces]
    return issuing.seq if issuing.pieces or not judged else judged[-1]


def _readable(said: list[Said], seq: Any, schemes: dict[str, Scheme]) -> bool:
    """Whether the effects of event `seq` are known; one that is not there has none."""
    return all(each.edition in schemes for each in said if each.seq == seq)


def check_listed(
    manifest: dict[str, Any], proofs: dict[str, Any], trail: Trail, schemes: dict[str, Scheme], report: Report
) -> None:
    """The files that the manifest names are those of which the events are here, and of every stream whose end is
    proved they are."""
    named = [str(each) for each in as_list(manifest.get("dossiers"))]
    listed = set(named)
    for stream in sorted({*as_object(proofs.get("ends")), *listed} - trail.keys()):
        report.wrong("stream_gone", "proofs.json", which=stream)
    here = {stream for stream, said in trail.items() if said and _subject(said[0], schemes) == "dossier"}
    if here - listed or len(named) > len(listed):
        said = ", ".join(sorted(here))
        report.wrong("manifest", "manifest.json", column="dossiers", here=", ".join(named), said=said)


SHOWN = 20


def tell_whose(trail: Trail, schemes: dict[str, Scheme], told: Told, report: Report) -> None:
    """By events alone: which files are here and whose they are, and to whom certificates were issued."""
    opened = [(said[0], said) for said in trail.values() if said and said[0].kind == "opened"]
    dossiers = [first for first, _ in opened if _subject(first, schemes) == "dossier"]
    for first in sorted(dossiers, key=lambda each: str(each.data.get("number")))[:SHOWN]:
        whose = told.rows["organisations"].get((first.data.get("organisation"),), {})
        names = {name: whose.get(name, "?") for name in NAMED[:3]}
        report.note("file", number=first.data.get("number"), **names)
    if len(dossiers) > SHOWN:
        report.note("more_files", count=len(dossiers) - SHOWN)
    for first, said in [each for each in opened if each[0].data.get("holder_ar")][:SHOWN]:
        state = [each.target for each in said if each.target][-1]
        facts = ("number", "holder_ar", "holder_en", "holder_number", "outcome")
        report.note("certificate", state=state, **{name: first.data.get(name) for name in facts})


def _subject(opened: Said, schemes: dict[str, Scheme]) -> str:
    scheme = schemes.get(str(opened.edition))
    return scheme.subject if scheme is not None and opened.kind == "opened" else ""


def check_whole(
    manifest: dict[str, Any],
    proofs: dict[str, Any],
    checkpoint: "Checkpoint | None",
    covered: Covered,
    report: Report,
) -> None:
    """How much of the site is here; all of it, where the bundle says so. What the site itself has lost."""
    lost = as_object(proofs.get("lost"))
    streams, events = len(as_list(lost.get("streams"))) + as_number(lost.get("nameless")), lost.get("events")
    if streams or events:
        report.wrong("lost", "proofs.json", streams=streams, events=events)
    elif manifest.get("everything") is not True:
        report.unproven("proofs.json", "lost")
    if not report.events:
        report.wrong("empty", "events/")
    if covered.latest:
        report.note("latest", at=moment(covered.latest))
    if checkpoint is not None:
        _check_size(manifest.get("everything") is True, checkpoint, covered, report)


def _check_size(everything: bool, checkpoint: Checkpoint, covered: Covered, report: Report) -> None:
    sizes = {"all_streams": checkpoint.streams, "all_events": checkpoint.size}
    streams, events = len(covered.ends), len(covered.places)
    if not everything:
        report.note("holds", streams=streams, events=events, **sizes)
    elif (streams, events) == (checkpoint.streams, checkpoint.size):
        report.note("complete", **sizes)
    else:
        missing = {"streams": checkpoint.streams - streams, "events": checkpoint.size - events}
        report.wrong("not_everything", "manifest.json", **missing)


# ---------------------------------------------------------------- files in evidence


def check_evidence(bundle: Bundle, report: Report, folder: "Path | None") -> None:
    """The stored files are those whose digests the rows name; read here where they are at hand."""
    stored = _stored_files(bundle, report)
    here = {name[len("evidence/") :]: bundle.digest(name) for name in bundle.names("evidence/")}
    at_hand = set(here.values()) | (_digests(folder) if folder else set())
    seen: Counter[bool] = Counter()
    wanted = set()
    for table, number, row in _rows_of_files(bundle):
        file, sha256 = str(row.get("file")), row.get("sha256")
        wanted.add(file)
        read = {each[file] for each in (here, stored) if each.get(file) is not None}
        if read == {sha256}:
            seen[sha256 in at_hand] += 1
        else:
            code = "file_of_evidence" if read else "no_file_of_evidence"
            report.wrong(code, table, number, name=row.get("name"))
    for file in sorted((stored.keys() | here.keys()) - wanted):
        report.wrong("row_added", "rows/stored_files.jsonl", what="stored_files", which=file)
    _tell_seen(seen, report)


def _rows_of_files(bundle: Bundle) -> Iterator[tuple[str, int, Row]]:
    """Of files whose content was not erased: where each stands, with its number there."""
    kept = (
        ("evidence", "content_erased_at"),
        ("complaint_files", "erased_at"),
        ("upkeep_files", "erased_at"),
    )
    for table, erased in kept:
        file = f"rows/{table}.jsonl"
        for number, row in bundle.lines(file):
            if row.get(erased) is None:
                yield file, number, row


def _tell_seen(seen: Counter[bool], report: Report) -> None:
    if seen[True]:
        report.note("evidence_seen", count=seen[True])
    if seen[False]:
        report.note("evidence_unseen", count=seen[False])
        report.unproved["rows/stored_files.jsonl", "sha256"] = seen[False]


def _stored_files(bundle: Bundle, report: Report) -> dict[str, Any]:
    """What the site has read of each stored file."""
    file = "rows/stored_files.jsonl"
    stored: dict[str, Any] = {}
    for number, row in bundle.lines(file):
        exactly(row, frozenset(("file", "sha256")), file, number, report)
        name = str(row.get("file"))
        if name in stored:
            report.wrong("row_twice", file, number, what="stored_files", which=name)
        stored.setdefault(name, row.get("sha256"))
    return stored


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
        return unhexed(as_object(value).get("hex", ""))
    except (TypeError, ValueError):
        return b""


HEXADECIMAL = re.compile(r"[0-9a-f]*")


def unhexed(text: Any) -> bytes:
    """Bytes from digits as the site writes them. Raises ValueError, TypeError."""
    if not HEXADECIMAL.fullmatch(text):
        raise ValueError("no hexadecimal digits")
    return bytes.fromhex(text)


# ---------------------------------------------------------------- the command


def as_text(report: Report, language: str) -> str:
    """One line for each problem, then notes, then what it has come to."""
    said, count = SENTENCES[language], {"events": report.events, "streams": report.streams}
    lines = [each.line(language) for each in report.problems]
    if report.origin:
        lines.append(filled(said["checkpoint"], language, {"origin": report.origin, "size": report.size}))
    lines += [in_words(NOTES[code][language], language, facts) for code, facts in report.notes]
    lines += [filled(said["unproved"], language, each) for each in unproved(report)]
    verdict = said["right"] if report.ok else said["wrong"]
    lines.append(filled(verdict, language, {**count, "problems": len(report.problems)}))
    return "\n".join(lines)


def unproved(report: Report) -> list[dict[str, Any]]:
    """What nothing proves: in which file and column, and in how many rows."""
    return [
        {"file": file, "column": column, "rows": count}
        for (file, column), count in sorted(report.unproved.items())
    ]


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
            {"code": code, "text": in_words(NOTES[code][language], language, facts)}
            for code, facts in report.notes
        ],
        "unproved": unproved(report),
    }


def check_at(path: Path, trusted: Trusted) -> Report:
    """The same for a zip or a folder. Raises BadInput."""
    source: Any = Folder(path) if path.is_dir() else Zip(path)
    try:
        return check(source, trusted)
    finally:
        source.close()


def trust(keys: Iterable[str], checkpoint: "str | None", evidence: "str | None") -> Trusted:
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
