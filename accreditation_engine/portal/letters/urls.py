"""The mail, for administrators."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.mail, name="letters"),
    path("<uuid:mail_pk>/", views.decide, name="decide_mail"),
]
