"""Signing in, and the language of the pages."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.signals import password_changed
from allauth.account.views import EmailVerificationSentView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.contrib.messages.views import SuccessMessageMixin
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse_lazy
from django.utils.translation import check_for_language
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language as djangos_set_language

from accreditation_engine.organisations.models import User
from accreditation_engine.organisations.sign_ins import note_password
from accreditation_engine.organisations.way_in import count_as_confirmed
from accreditation_engine.portal.session_ended.carrying import carry_typed
from accreditation_engine.portal.session_ended.kept import kept_typed

from .forms import SignInForm
from .letter_sent import letter_sent_to
from .mails import tell_of_change


class SignIn(LoginView):
    """The address and the password; what comes after, a confirmation or a second factor, is the library's."""

    template_name = "portal/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        waits = kept_typed(self.request)
        return super().get_context_data(typed_kept=waits is not None and waits.ended, **more)

    def form_valid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        user = form.get_user()
        assert isinstance(user, User)  # noqa: S101 - there is no other
        count_as_confirmed(user)
        # Whoever has just typed the password need not type it again to set up a second factor.
        record_authentication(self.request, user, method="password", reauthenticated=True)
        return perform_login(self.request, Login(user=user, redirect_url=self.get_redirect_url() or None))


class ChangePassword(SuccessMessageMixin, PasswordChangeView):
    """Other sessions of the same person end."""

    template_name = "portal/change_password.html"
    success_url = reverse_lazy("home")
    success_message = _("Your password has been changed.")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        response = super().form_valid(form)
        user = self.request.user
        assert isinstance(user, User)  # noqa: S101 - the middleware lets nobody else through
        note_password(user, forgotten=False)
        tell_of_change(user, "account/email/password_changed")
        password_changed.send(sender=User, request=self.request, user=user)
        return response


@login_not_required
def letter_sent(request: HttpRequest) -> HttpResponseBase:
    page = EmailVerificationSentView.as_view(extra_context={"sent_to": letter_sent_to(request)})
    return page(request)


@login_not_required
def set_language(request: HttpRequest) -> HttpResponse:
    """The pages, and mail to somebody who is signed in, are in the chosen language from now on."""
    chosen = request.POST.get("language", "")
    if isinstance(request.user, User) and chosen in dict(settings.LANGUAGES) and check_for_language(chosen):
        User.objects.filter(pk=request.user.pk).update(language=chosen)
    if isinstance(request.user, User):
        carry_typed(request, request.user)
    response: HttpResponse = djangos_set_language(request)
    return response
