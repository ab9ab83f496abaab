"""The addresses of the report on a file."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.report, name="report"),
    path("report.pdf", views.paper, name="report_pdf"),
    path("points/<int:contest_pk>/answer/", views.answer, name="answer_contest"),
]
