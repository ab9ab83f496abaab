"""The addresses of questions to the organisation of a file."""

from __future__ import annotations

from django.urls import path

from . import views

urlpatterns = [
    path("", views.questions, name="questions"),
    path("<int:question_pk>/answer/", views.answer, name="answer_question"),
    path("<int:question_pk>/ask-on/", views.ask_on, name="ask_on"),
    path("<int:question_pk>/withdraw/", views.withdraw, name="withdraw_question"),
]
