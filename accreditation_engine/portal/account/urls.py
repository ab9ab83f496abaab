"""Coming and going. The names of the library's own pages are the library's: it looks for them by these."""

from __future__ import annotations

from allauth.account import views as library
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path

from . import employer, lost_device, preferences, sessions, tokens, views

sign_in, sign_out = views.SignIn.as_view(), LogoutView.as_view()

urlpatterns = [
    path("sign-in/", sign_in, name="account_login"),
    path("sign-in/", sign_in, name="sign_in"),
    path("sign-in/factor/", login_not_required(factors.authenticate), name="mfa_authenticate"),
    path("sign-in/again/", library.reauthenticate, name="account_reauthenticate"),
    path("sign-in/again/code/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("sign-in/again/passkey/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("sign-in/closed/", library.account_inactive, name="account_inactive"),
    path("sign-out/", sign_out, name="account_logout"),
    path("sign-out/", sign_out, name="sign_out"),
    path("sign-up/", library.signup, name="account_signup"),
    path("sign-up/sent/", views.letter_sent, name="account_email_verification_sent"),
    path("sign-up/confirm/<str:key>/", library.confirm_email, name="account_confirm_email"),
    path("password/", views.ChangePassword.as_view(), name="change_password"),
    path("password/forgotten/", library.password_reset, name="account_reset_password"),
    path("password/forgotten/sent/", library.password_reset_done, name="account_reset_password_done"),
    path(
        "password/new/<str:uidb36>/<str:key>/",
        library.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/changed/", library.password_reset_from_key_done, name="account_reset_password_from_key_done"
    ),
    path("account/", preferences.account, name="account"),
    path("account/mail/", preferences.choose_mail, name="choose_mail"),
    path("account/employer/", employer.say_employer, name="say_employer"),
    path("account/calendar/", preferences.choose_calendar, name="choose_calendar"),
    path("account/sessions/", sessions.sessions, name="usersessions_list"),
    path("account/tokens/", tokens.tokens, name="api_tokens"),
    path("account/tokens/new/", tokens.new_token, name="new_api_token"),
    path("account/factors/", factors.index, name="mfa_index"),
    path("account/factors/app/", app.activate_totp, name="mfa_activate_totp"),
    path("account/factors/app/off/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/factors/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/factors/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/factors/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("account/factors/passkeys/new/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("account/factors/passkeys/<int:pk>/off/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("account/lost-devices/", lost_device.lost_devices, name="lost_devices"),
    path("account/lost-devices/<uuid:pk>/", lost_device.lost_device, name="lost_device"),
    path("language/", views.set_language, name="set_language"),
]
