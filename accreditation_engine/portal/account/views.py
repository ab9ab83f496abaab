"""Signing in, and the language of the pages."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.contrib.messages.views import SuccessMessageMixin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import check_for_language
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language as djangos_set_language

from accreditation_engine.organisations.models import User

from .forms import SignInForm


class SignIn(LoginView):
    template_name = "portal/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        """Whoever has not chosen a language on this device gets their own."""
        response = super().form_valid(form)
        user = form.get_user()
        if isinstance(user, User) and settings.LANGUAGE_COOKIE_NAME not in self.request.COOKIES:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
        return response


class ChangePassword(SuccessMessageMixin, PasswordChangeView):
    """Other sessions of the same person end."""

    template_name = "portal/change_password.html"
    success_url = reverse_lazy("home")
    success_message = _("Your password has been changed.")


@login_not_required
def set_language(request: HttpRequest) -> HttpResponse:
    """The pages, and mail to somebody who is signed in, are in the chosen language from now on."""
    chosen = request.POST.get("language", "")
    if isinstance(request.user, User) and chosen in dict(settings.LANGUAGES) and check_for_language(chosen):
        User.objects.filter(pk=request.user.pk).update(language=chosen)
    response: HttpResponse = djangos_set_language(request)
    return response
