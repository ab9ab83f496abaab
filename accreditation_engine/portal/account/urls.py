"""Coming and going."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import path

from . import employer, preferences, views

urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign_in"),
    path("sign-out/", LogoutView.as_view(), name="sign_out"),
    path("password/", views.ChangePassword.as_view(), name="change_password"),
    path("account/", preferences.account, name="account"),
    path("account/mail/", preferences.choose_mail, name="choose_mail"),
    path("account/employer/", employer.say_employer, name="say_employer"),
    path("account/calendar/", preferences.choose_calendar, name="choose_calendar"),
    path("language/", views.set_language, name="set_language"),
]
