"""The addresses of what concerns interests in a file."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.interests, name="interests"),
    path("tie/", views.tie, name="name_tie"),
    path("objections/<int:assignment_pk>/", views.objection, name="object"),
    path("objections/<int:objection_pk>/answer/", views.objection_answer, name="answer_objection"),
    path("withdrawals/<int:withdrawal_pk>/", views.withdrawal_answer, name="answer_withdrawal"),
    path("overrides/", views.override, name="propose_override"),
    path("overrides/<int:override_pk>/", views.override_answer, name="answer_override"),
]
