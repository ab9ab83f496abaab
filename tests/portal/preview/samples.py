"""Believable contexts for every part, in the reader's language. All names are invented."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.messages import constants
from django.core.paginator import Paginator
from django.utils.translation import get_language

SHA = "9f2c4e1ab7d80356fe21c94a7be0d1135a6c8f9e02b4d7716c3a58e90f1b2d44"


def say(ar: str, en: str) -> str:
    """The sample text in the reader's language."""
    return ar if (get_language() or "").startswith("ar") else en


def at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime.datetime:
    return datetime.datetime(2026, month, day, hour, minute, tzinfo=datetime.UTC)


def badge(ar: str, en: str, tone: str) -> dict[str, str]:
    return {"title": say(ar, en), "tone": tone}


WORDS = {
    "home": ("الرئيسية", "Home"),
    "mine": ("ملفات أراجعها", "Files I review"),
    "since": ("منذ آخر زيارة", "Since your last visit"),
    "road": ("الطريق", "The road"),
    "scores": ("النتيجة", "Scores"),
    "trail": ("سجل القرارات", "Decision trail"),
    "all": ("السجل كاملا", "The whole trail"),
    "can": ("ما يمكنك فعله", "What you can do"),
    "about": ("عن الملف", "About this file"),
    "save": ("حفظ", "Save"),
    "next": ("حفظ ومتابعة", "Save and go on"),
}


def frame() -> dict[str, Any]:
    return {
        "words": {name: say(*words) for name, words in WORDS.items()},
        "body_name": say("وحدة اعتماد المنظمات الأهلية", "NGO Accreditation Unit"),
        "user": SimpleNamespace(
            is_authenticated=True, display_name=say("سلمى عبد الرحمن", "Salma Abdelrahman")
        ),
        "account_roles": say("مراجع، منسق", "Reviewer, coordinator"),
        "account_links": [{"title": say("بياناتي", "My profile"), "url": "#"}],
        "navigation": [
            {"title": say("الرئيسية", "Home"), "url": "#", "current": True},
            {"title": say("قائمة الانتظار", "Queue"), "url": "#"},
            {"title": say("ملفات الاعتماد", "Accreditation files"), "url": "#"},
            {"title": say("السجل العام", "Public register"), "url": "#"},
        ],
        "footer_links": [
            {"title": say("السجل العام", "Public register"), "url": "#"},
            {"title": say("برامج الاعتماد", "Schemes"), "url": "#"},
        ],
    }


def files() -> list[dict[str, Any]]:
    return [
        {
            "id": "1",
            "name": say("لائحة النزاهة ومكافحة الفساد.pdf", "Integrity and anti-corruption policy.pdf"),
            "url": "#",
            "size": 1_436_201,
            "sha256": SHA,
            "at": at(9, 3),
            "remove": "remove",
        },
        {
            "id": "2",
            "name": "Board minutes 2026-05 (signed).pdf",
            "url": "#",
            "size": 284_110,
            "sha256": SHA[::-1],
            "at": at(9, 5),
        },
    ]


ANCHORS = [
    ("غير موجود", "Absent"),
    ("بداية", "Emerging"),
    ("جزئي", "Partial"),
    ("مطبق", "Applied"),
    ("نموذجي", "Exemplary"),
]


def rating(name: str, value: str = "", **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "legend": say("درجة المراجع", "Your rating"),
        "options": [
            {"value": str(n), "label": str(n), "anchor": say(*words)} for n, words in enumerate(ANCHORS)
        ],
        "also": [
            {"value": "not_applicable", "label": say("لا ينطبق", "Not applicable")},
            {"value": "unable_to_verify", "label": say("تعذر التحقق", "Unable to verify")},
        ],
        "value": value,
        **more,
    }


def road() -> list[dict[str, Any]]:
    return [
        {"title": say("التقييم الذاتي", "Self-assessment"), "status": "passed", "at": at(8, 12)},
        {"title": say("الفحص المبدئي", "Screening"), "status": "passed", "at": at(9, 7)},
        {
            "title": say("المراجعة", "Review"),
            "status": "current",
            "tone": "reviewer",
            "at": at(9, 15),
            "deadline": at(10, 15),
        },
        {
            "title": say("الإجراءات التصحيحية", "Corrective action"),
            "status": "ahead",
            "note": say("إن لزمت", "if needed"),
        },
        {"title": say("قرار اللجنة", "Panel decision"), "status": "ahead"},
        {"title": say("الشهادة", "Certificate"), "status": "ahead"},
    ]


def reasons() -> list[dict[str, str]]:
    return [
        {
            "text": say("لم تكتمل الدرجات: بقيت 3 معايير.", "Ratings are missing for 3 criteria."),
            "remedy": say("أكمل المعايير المتبقية", "Rate the remaining criteria"),
            "url": "#",
        },
        {
            "text": say("لم يقدم المراجع الثاني مراجعته بعد.", "The second reviewer has not submitted yet."),
            "remedy": say("ينتظر مجدي فؤاد حتى 15 أكتوبر.", "Waiting for Magdy Fouad until 15 October."),
        },
    ]


def actions() -> dict[str, Any]:
    return {
        "url": "#",
        "version": 12,
        "acts": [
            {
                "name": "submit_review",
                "title": say("تقديم المراجعة", "Submit the review"),
                "kind": "primary",
                "comment": "none",
                "allowed": False,
                "reasons": reasons(),
            },
            {
                "name": "ask",
                "title": say("طلب استيضاح", "Ask for clarification"),
                "comment": "required",
                "allowed": True,
                "help": say("تصل الرسالة إلى المنظمة فورا.", "The organisation is told at once."),
            },
            {
                "name": "release",
                "title": say("إعادة الملف إلى قائمة الانتظار", "Release to the queue"),
                "comment": "none",
                "allowed": True,
            },
            {
                "name": "withdraw",
                "title": say("التنحي عن الملف", "Recuse yourself"),
                "kind": "danger",
                "comment": "required",
                "allowed": True,
                "error": say("اكتب سبب التنحي.", "Say why you recuse yourself."),
            },
        ],
    }


def timeline() -> list[dict[str, Any]]:
    return [
        {
            "title": say("تقديم المراجعة", "Review submitted"),
            "at": at(9, 28, 12, 41),
            "actor": say("مجدي فؤاد", "Magdy Fouad"),
            "role": say("مراجع", "reviewer"),
            "tone": "reviewer",
            "comment": say(
                "الشواهد كافية في تسعة مجالات. سجل اجتماعات مجلس الإدارة لعام 2025 ناقص.",
                "Evidence is sufficient in nine areas. The board minutes of 2025 are incomplete.",
            ),
            "seq": 11,
            "hash": SHA,
            "facts": [
                {"term": say("الإصدار", "Edition"), "value": "2026.1", "kind": "code"},
                {"term": say("الشواهد", "Evidence"), "value": 24, "kind": "number"},
            ],
        },
        {
            "title": say("محاولة منح الشهادة", "Attempt to certify"),
            "at": at(9, 20, 8, 5),
            "actor": "Hoda Kamel",
            "role": say("لجنة الاعتماد", "panel"),
            "tone": "bad",
            "comment": "",
            "facts": [{"term": say("الرفض", "Refused"), "value": say("لا نصاب", "No quorum")}],
            "seq": 10,
            "hash": SHA[::-1],
        },
        {
            "title": say("قبول الفحص", "Screening passed"),
            "source": say("الفحص المبدئي", "Screening"),
            "target": say("المراجعة", "Review"),
            "at": at(9, 15, 7, 30),
            "actor": say("سلمى عبد الرحمن", "Salma Abdelrahman"),
            "role": say("المنسق", "coordinator"),
            "tone": "coordinator",
            "seq": 9,
            "hash": SHA,
        },
        {
            "title": say("تقديم", "Submitted"),
            "source": say("التقييم الذاتي", "Self-assessment"),
            "target": say("الفحص المبدئي", "Screening"),
            "at": at(9, 7, 14, 2),
            "actor": say("نهى سليم", "Noha Selim"),
            "role": say("المنظمة المتقدمة", "applicant"),
            "tone": "applicant",
            "erased": True,
            "seq": 8,
            "hash": SHA,
        },
    ]


AREAS = [
    ("النزاهة", "Integrity", 10, "92.50", "good"),
    ("الشفافية", "Transparency", 12, "78.13", "good"),
    ("المساءلة", "Accountability", 10, "66.67", "warning"),
    ("الحق في الوصول إلى المعلومات", "Right of access to information", 8, "41.25", "bad"),
    ("المشاركة", "Participation", 8, "100.00", "good"),
]


def scores() -> dict[str, Any]:
    return {
        "percent": "78.40",
        "badge": badge("معتمدة", "Certified", "good"),
        "reasons": [
            say(
                "ليست الفئة الذهبية: مجال «الحق في الوصول إلى المعلومات» أقل من 70%.",
                "Not Gold: “Right of access to information” is below 70%.",
            )
        ],
        "rows": [
            {"title": say(ar, en), "weight": weight, "percent": score, "threshold": 60, "tone": tone}
            for ar, en, weight, score, tone in AREAS
        ],
    }


def votes() -> dict[str, Any]:
    return {
        "seats": [{"tone": "good"}, {"tone": "good"}, {"tone": "bad"}, {}, {}],
        "cast": 3,
        "of": 5,
        "rule": say("النصاب القانوني 3، والأغلبية ثلثا الأصوات", "Quorum 3; two thirds of the votes decide"),
        "tally": [
            {"title": say("منح", "Certify"), "count": 2, "tone": "good"},
            {"title": say("رفض", "Refuse"), "count": 1, "tone": "bad"},
        ],
        "voters": [
            {
                "name": say("هدى كامل", "Hoda Kamel"),
                "badge": badge("منح", "Certify", "good"),
                "at": at(10, 20),
                "reason": say(
                    "الملاحظات عولجت بشواهد كافية.", "The findings were corrected with sufficient evidence."
                ),
            },
            {"name": "John Mikhail", "badge": badge("رفض", "Refuse", "bad"), "at": at(10, 20)},
        ],
    }


def criterion(with_answer: bool = True) -> dict[str, Any]:
    answer = {
        "rating": "3",
        "anchor": say("مطبق", "Applied"),
        "text": say(
            "اعتمد مجلس الإدارة لائحة النزاهة في مارس 2025، ووقع عليها جميع العاملين (42 عاملا).\n"
            "تراجع اللائحة كل سنة، ويرفع تقرير إلى الجمعية العمومية.",
            "The board adopted the integrity policy in March 2025; all 42 staff have signed it.\n"
            "It is reviewed every year and reported to the general assembly.",
        ),
        "files": [{k: v for k, v in f.items() if k != "remove"} for f in files()],
    }
    return {
        "id": "integrity-1",
        "number": "1.1",
        "weight": 2,
        "evidence": "required",
        "title": say(
            "للمنظمة سياسة مكتوبة للنزاهة ومكافحة الفساد، معلنة للعاملين والمتطوعين ومطبقة",
            "The organisation has a written integrity and anti-corruption policy, known to its people",
        ),
        "guidance": say(
            "تكفي لائحة معتمدة من مجلس الإدارة مع ما يثبت إعلانها. لا يكفي ذكر النزاهة في النظام الأساسي.",
            "A policy adopted by the board is enough if it was made known. A line in the statutes is not.",
        ),
        "answer": answer if with_answer else None,
        "rating": rating("integrity-1", "2"),
        "entries": [
            {
                "name": "integrity-1-comment",
                "label": say("تعليل الدرجة", "Reasons for the rating"),
                "help": say(
                    "تراه اللجنة والمنظمة بعد القرار.",
                    "Shown to the panel, and to the organisation after the decision.",
                ),
                "value": say(
                    "اللائحة موجودة، ولم نجد ما يثبت توقيع المتطوعين.",
                    "The policy exists; no proof that volunteers signed.",
                ),
            }
        ],
    }


def queue() -> dict[str, Any]:
    names = [
        (
            "جمعية نور الصعيد للتنمية",
            "Nour El-Said Development Association",
            "AE-2026-0142",
            3,
            10,
            "clay",
            at(10, 2),
        ),
        (
            "مؤسسة بداية لرعاية الطفل",
            "Bedaya Child Care Foundation",
            "AE-2026-0139",
            7,
            10,
            "late",
            at(9, 20),
        ),
        ("Green Delta Initiative", "Green Delta Initiative", "AE-2026-0151", 0, 10, "new", at(10, 15)),
        (
            "جمعية سيدات أسوان للحرف",
            "Aswan Women Crafts Association",
            "AE-2026-0127",
            10,
            10,
            "done",
            at(10, 9),
        ),
    ]
    badges = {
        "clay": badge("استيضاح لدى المنظمة", "Clarification asked", "applicant"),
        "late": badge("متأخر 4 أيام", "4 days overdue", "warning"),
        "new": badge("لم تبدأ", "Not begun", "neutral"),
        "done": badge("جاهزة للتقديم", "Ready to submit", "reviewer"),
    }
    return {
        "caption": say("ملفات أراجعها", "Files I review"),
        "hide_caption": True,
        "columns": [
            {"title": say("المنظمة", "Organisation")},
            {"title": say("رقم الملف", "File")},
            {"title": say("المرحلة", "State")},
            {"title": say("المعايير", "Rated")},
            {"title": say("الموعد النهائي", "Deadline"), "kind": "number"},
        ],
        "rows": [
            {
                "cells": [
                    {
                        "value": say(ar, en),
                        "url": "#",
                        "note": say("الالتزام المؤسسي", "Institutional commitment"),
                    },
                    {"value": number, "kind": "code"},
                    {"badge": badges[state]},
                    {"progress": {"value": done, "maximum": of, "label": say("المجالات", "Areas")}},
                    {"value": deadline, "kind": "day"},
                ]
            }
            for ar, en, number, done, of, state, deadline in names
        ],
    }


class Profile(forms.Form):
    name = forms.CharField(label="Name of the organisation")
    email = forms.EmailField(label="Address", help_text="Where decisions are sent.")
    sector = forms.ChoiceField(label="Sector", choices=[("h", "Health"), ("e", "Education")], required=False)
    since = forms.DateField(
        label="Registered on", widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    kind = forms.ChoiceField(
        label="Legal form", choices=[("a", "Association"), ("f", "Foundation")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(
        label="I have the right to sign for this organisation", help_text="It is recorded."
    )


def profile_form() -> forms.Form:
    form = Profile({"name": "", "email": "nowhere", "sector": "e"})
    labels = {
        "name": ("اسم المنظمة", "Name of the organisation"),
        "email": ("البريد الإلكتروني", "E-mail address"),
        "sector": ("القطاع", "Sector"),
        "since": ("تاريخ القيد", "Registered on"),
        "kind": ("الشكل القانوني", "Legal form"),
        "agree": ("لي حق التوقيع عن هذه المنظمة", "I have the right to sign for this organisation"),
    }
    for name, words in labels.items():
        form.fields[name].label = say(*words)
    form.fields["email"].help_text = say("ترسل إليه القرارات.", "Where decisions are sent.")
    form.fields["agree"].help_text = say("يسجل في سجل القرارات.", "It is recorded in the decision trail.")
    form.fields["sector"].choices = [("h", say("الصحة", "Health")), ("e", say("التعليم", "Education"))]
    form.fields["kind"].choices = [
        ("a", say("جمعية", "Association")),
        ("f", say("مؤسسة أهلية", "Foundation")),
    ]
    return form


def message(level: int, tag: str, ar: str, en: str) -> Any:
    class Message(SimpleNamespace):
        def __str__(self) -> str:
            return say(ar, en)

    return Message(level=level, level_tag=tag)


def facts() -> list[dict[str, Any]]:
    return [
        {"term": say("رقم الملف", "File number"), "value": "AE-2026-0142", "kind": "code"},
        {
            "term": say("المنظمة", "Organisation"),
            "value": say("جمعية نور الصعيد للتنمية", "Nour El-Said Development Association"),
            "url": "#",
        },
        {"term": say("رقم القيد", "Registration number"), "value": "1187/2009", "kind": "code"},
        {
            "term": say("إصدار البرنامج", "Edition"),
            "value": "2026.1",
            "kind": "code",
            "note": say("عدل في 3 مايو 2026", "changed on 3 May 2026"),
        },
        {"term": say("بدأ في", "Opened"), "value": at(8, 12), "kind": "day"},
    ]


def blocks() -> dict[str, Any]:
    return {
        "breadcrumbs": [
            {"title": say("الرئيسية", "Home"), "url": "#"},
            {"title": say("المكونات", "Building blocks")},
        ],
        "messages": [
            message(constants.SUCCESS, "success", "حفظت إجاباتك.", "Your answers are saved."),
            message(
                constants.ERROR,
                "error",
                "لم يرفع الملف: النوع غير مقبول.",
                "The file was not uploaded: its type is not accepted.",
            ),
        ],
        "head": {
            "eyebrow": say("دليل التصميم", "Design guide"),
            "title": say("مكونات الصفحات", "Building blocks"),
            "meta": [say("كل المكونات", "Every part"), "2026.1"],
            "badge": badge("سارية", "Active", "good"),
            "actions": [
                {"title": say("معاينة", "Preview"), "url": "#"},
                {"title": say("ملف جديد", "New file"), "url": "#", "kind": "primary"},
            ],
        },
        "given_back_files": ["statutes-2026.pdf", "محضر-الجمعية.pdf"],
        "kept_text": say("ننتظر المحضر المعتمد.", "We wait for the approved minutes."),
        "badges": [
            badge("لدى المنظمة", "With the organisation", "applicant"),
            badge("لدى المنسق", "With the coordinator", "coordinator"),
            badge("لدى المراجع", "With the reviewer", "reviewer"),
            badge("لدى لجنة الاعتماد", "With the panel", "panel"),
            badge("ينتظر الموعد", "Waiting for a date", "system"),
            badge("معتمدة", "Certified", "good"),
            badge("الفئة الذهبية", "Gold", "gold"),
            badge("مرفوضة", "Refused", "bad"),
            badge("موقوفة", "Suspended", "warning"),
            badge("مسحوبة", "Withdrawn", "neutral"),
        ],
        "stats": [
            {"title": say("تنتظرني", "Waiting for me"), "value": 4, "url": "#", "tone": "reviewer"},
            {
                "title": say("متأخرة", "Overdue"),
                "value": 1,
                "url": "#",
                "tone": "bad",
                "note": say("منذ 4 أيام", "for 4 days"),
            },
            {"title": say("الفئة الذهبية", "Gold"), "value": 12, "tone": "gold"},
            {"title": say("منظمات", "Organisations"), "value": 7000, "url": "#", "tone": "coordinator"},
        ],
        "notices": [
            {
                "kind": "info",
                "title": say("معلومة", "Good to know"),
                "text": say(
                    "يمكنك العودة إلى هذه الصفحة في أي وقت.", "You can come back to this page at any time."
                ),
            },
            {
                "kind": "warning",
                "text": say("تنتهي مهلة التقديم بعد 3 أيام.", "The time to submit ends in 3 days."),
            },
            {
                "kind": "refusal",
                "title": say("لم يقدم الملف", "The file was not submitted"),
                "reasons": reasons(),
            },
            {"kind": "success", "text": say("صدرت الشهادة.", "The certificate is issued.")},
        ],
        "tabs": [
            {"title": say("نظرة عامة", "Overview"), "url": "#", "current": True},
            {"title": say("الإجابات", "Answers"), "url": "#", "count": 31},
            {"title": say("الملاحظات", "Findings"), "url": "#", "count": 2},
            {"title": say("سجل القرارات", "Decision trail"), "url": "#", "count": 11},
        ],
        "progress": {"value": 7, "maximum": 10, "label": say("المجالات المكتملة", "Areas completed")},
        "facts": facts(),
        "road": road(),
        "long_road": [*road()[:3], {**road()[2], "late": True}, *road()[3:], *road()[3:]],
        "filters": [
            {
                "name": "state",
                "type": "select",
                "label": say("المرحلة", "State"),
                "required": True,
                "options": [{"value": "", "label": say("كل المراحل", "All states")}],
            },
            {"name": "words", "type": "text", "label": say("بحث", "Search"), "required": True},
        ],
        "word_rating": {
            "name": "words-rating",
            "legend": say("مدونة السلوك", "Code of conduct"),
            "options": [
                {"value": "2", "label": say("ملتزم", "Upheld")},
                {"value": "1", "label": say("ملتزم جزئيا", "Partly")},
                {"value": "0", "label": say("مخالف", "Breached")},
            ],
            "value": "1",
        },
        "long_rating": rating("long") | {"options": [{"value": str(n), "label": str(n)} for n in range(11)]},
        "actions": actions(),
        "timeline": timeline(),
        "files": files(),
        "scores": scores(),
        "votes": votes(),
        "hidden_votes": {"seats": [{"tone": "panel"}, {}, {}], "cast": 1, "of": 3},
        "criterion": criterion(),
        "wrong_rating": rating(
            "wrong",
            error=say("اختر درجة.", "Choose a rating."),
            help=say("انظر الإرشادات.", "See the guidance."),
        ),
        "fixed_rating": rating("fixed", "3", disabled=True),
        "queue": queue(),
        "empty": {
            "title": say("لا ملفات في الانتظار", "Nothing is waiting"),
            "sentence": say(
                "حين يسند إليك ملف جديد تجده هنا ويصلك بريد.",
                "When a file is assigned to you it appears here and you receive a mail.",
            ),
            "action": {"title": say("تصفح قائمة الانتظار", "Look at the queue"), "url": "#"},
        },
        "page": Paginator(range(412), 25).page(7),
        "confirm": {
            "opener": say("سحب الملف", "Withdraw the file"),
            "kind": "danger",
            "question": say("هل تسحب الملف؟", "Withdraw this file?"),
            "text": say(
                "لا يمكن التراجع. تبقى الوقائع في السجل.",
                "It cannot be undone. The events stay in the trail.",
            ),
            "url": "#",
            "button": say("نعم، سحب", "Yes, withdraw"),
        },
        "form": profile_form(),
        "entry": {
            "name": "upload",
            "type": "file",
            "label": say("شواهد جديدة", "New evidence"),
            "multiple": True,
            "help": say("ملفات PDF أو صور حتى 25 ميجابايت.", "PDF or pictures, up to 25 MB."),
        },
        "saved_at": at(9, 3, 11, 12),
    }


def dossier() -> dict[str, Any]:
    return {
        "breadcrumbs": [
            {"title": say("الرئيسية", "Home"), "url": "#"},
            {"title": say("ملفات الاعتماد", "Accreditation files"), "url": "#"},
            {"title": "AE-2026-0142"},
        ],
        "head": {
            "eyebrow": say("شهادة الالتزام المؤسسي", "Institutional Commitment Certificate"),
            "title": say("جمعية نور الصعيد للتنمية", "Nour El-Said Development Association"),
            "badge": badge("المراجعة", "In review", "reviewer"),
            "meta": ["AE-2026-0142", say("أسيوط", "Assiut"), say("الإصدار 2026.1", "Edition 2026.1")],
            "actions": [{"title": say("طباعة", "Print view"), "url": "#"}],
        },
        "tabs": blocks()["tabs"],
        "road": road(),
        "actions": actions(),
        "facts": facts(),
        "criteria": [criterion()],
        "timeline": timeline()[:3],
        "scores": scores(),
    }


def assessment() -> dict[str, Any]:
    first = criterion(with_answer=False)
    first["files"] = files()
    first["rating"]["legend"] = say("تقييم المنظمة لنفسها", "Your own rating")
    narrative = {
        "name": "narrative",
        "label": say("كيف تطبق منظمتكم هذا المعيار؟", "How does your organisation meet this?"),
    }
    upload = {
        "type": "file",
        "multiple": True,
        "name": "files",
        "label": say("شواهد", "Evidence"),
        "help": say(
            "ملفات PDF أو Office أو صور، حتى 25 ميجابايت لكل ملف.",
            "PDF, Office or pictures, up to 25 MB each.",
        ),
    }
    first["entries"] = [
        {
            **narrative,
            "id": "n1",
            "value": say("اعتمد مجلس الإدارة اللائحة في مارس 2025.", "The board adopted it in March 2025."),
        },
        {**upload, "id": "f1"},
    ]
    second = {
        **first,
        "id": "integrity-2",
        "number": "1.2",
        "evidence": "optional",
        "title": say(
            "تدار حالات تعارض المصالح في مجلس الإدارة بإجراء مكتوب",
            "Conflicts of interest on the board follow a written procedure",
        ),
        "guidance": "",
        "files": [],
        "rating": rating(
            "integrity-2",
            "",
            legend=say("تقييم المنظمة لنفسها", "Your own rating"),
            error=say("اختر درجة لهذا المعيار.", "Choose a rating for this criterion."),
        ),
        "entries": [{**narrative, "id": "n2"}, {**upload, "id": "f2"}],
    }
    return {
        "breadcrumbs": [
            {"title": say("ملفي", "My file"), "url": "#"},
            {"title": say("التقييم الذاتي", "Self-assessment")},
        ],
        "head": {
            "eyebrow": say("المجال 1 من 10", "Area 1 of 10"),
            "title": say("النزاهة", "Integrity"),
            "meta": [say("الوزن النسبي 10", "Weight 10"), say("4 معايير", "4 criteria")],
        },
        "progress": {"value": 3, "maximum": 10, "label": say("اكتمل من المجالات", "Areas completed")},
        "criteria": [first, second],
        "errors": [
            {
                "text": say("1.2: اختر درجة لهذا المعيار.", "1.2: choose a rating for this criterion."),
                "target": "integrity-2",
            }
        ],
        "saved_at": at(9, 3, 11, 12),
        "sections": [
            {"title": say(ar, en), "url": "#", "current": i == 0, "done": 4 - i if i < 4 else 0, "of": 4}
            for i, (ar, en, *_) in enumerate(AREAS)
        ],
    }


def home() -> dict[str, Any]:
    return {
        "head": {
            "eyebrow": say("الثلاثاء 24 نوفمبر 2026", "Tuesday 24 November 2026"),
            "title": say("أهلا سلمى، تنتظرك أربعة ملفات", "Good morning Salma: four files wait for you"),
        },
        "stats": blocks()["stats"],
        "queue": queue(),
        "timeline": timeline()[:2],
        "empty": blocks()["empty"],
        "page": Paginator(range(80), 20).page(1),
    }


class SignIn(forms.Form):
    username = forms.EmailField(label="E-mail")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)


def sign_in() -> dict[str, Any]:
    form = SignIn()
    form.fields["username"].label = say("البريد الإلكتروني", "E-mail address")
    form.fields["password"].label = say("كلمة المرور", "Password")
    return {"form": form, "user": None, "navigation": []}


SAMPLES: dict[str, Callable[[], dict[str, Any]]] = {
    "frame": frame,
    "blocks": blocks,
    "dossier": dossier,
    "assessment": assessment,
    "home": home,
    "sign-in": sign_in,
    "missing": dict,
}
