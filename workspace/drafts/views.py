"""The page on which a Coordinator writes the report of a subject to a meeting, and submits it (clause A4).

A refusal never loses what was typed: the answer contains it, as a page with the right status, or as JSON for the
script that saves while somebody types (static/js/keep-draft.js).
"""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import BLANK_CHOICE_DASH
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from iscg_portal.plain_text import cleaned
from iscg_portal.signing_in.typed_before import ShowsTypedBefore
from iscg_portal.tenure.dates import GENEVA, today
from iscg_portal.text_fields import LanguageField
from iscg_portal.web.errors import wants_json
from workspace.access.rights import Act, asks
from workspace.drafts.acts import NotAsOpened, keep, submit, take_back
from workspace.drafts.own_reports import asked_report
from workspace.models import ReportDraft

NOT_SIGNED_IN, NOT_HERS, NOT_THERE, NOT_AS_OPENED, NOT_GOOD = 401, 403, 404, 409, 400
KEPT = gettext_lazy("Nothing was saved; what you wrote is still here. Keep a copy of it.")


class ReportForm(ShowsTypedBefore, forms.ModelForm):
    """The six texts and their language, and the version that the page knows; whether nothing changed is meant."""

    language = LanguageField(required=False, choices=[*BLANK_CHOICE_DASH, *settings.LANGUAGES])
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    unchanged = forms.BooleanField(
        required=False, label=gettext_lazy("Nothing has changed since the last report; submit it as it is.")
    )

    class Meta:
        model = ReportDraft
        fields = [*ReportDraft.TEXTS]
        widgets = {name: forms.Textarea(attrs={"rows": 7}) for name in ReportDraft.TEXTS}

    def _post_clean(self):
        """The act judges the draft; here only the fields are read."""

    def texts(self):
        return {name: self.cleaned_data[name] for name in ReportDraft.TEXTS}

    def knows(self, version):
        """Let the next POST overwrite this version."""
        self.data = self.data.copy()
        self.data["version"] = version

    def refused(self, error):
        """Show the messages of an act at their fields, and the rest above them."""
        by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
        for name, errors in by_field.items():
            for each in errors:
                self.add_error(name if name in self.fields else None, each)


@asks(Act.WRITE_OWN_REPORT, enforced=False)
@require_http_methods(["GET", "HEAD", "POST"])
def report_draft(request, subject, meeting):
    """Show, save, submit. Only today's Coordinator of the subject may (403)."""
    if request.method != "POST" and not request.user.is_authenticated and not wants_json(request):
        return redirect_to_login(request.get_full_path())
    try:
        own = asked_report(request.user, subject, meeting, today())
    except Http404 as gone:
        if request.method != "POST":
            raise
        return _given_back(request, gone, NOT_THERE, ReportForm(request.POST))
    if request.method == "POST":
        return _answer_post(request, own)
    if own is None:
        return _shut_out(request)
    if wants_json(request):
        return JsonResponse({"version": own.version, "token": get_token(request)})
    form = ReportForm(initial={**own.beginning(), "version": own.version})
    return _page(request, own, form)


def _answer_post(request, own):
    form = ReportForm(request.POST)
    if own is None:
        return _shut_out(request, form)
    if "take_back" in request.POST:
        return _taken_back(request, own)
    if not form.is_valid():
        return _refused(request, own, form, NOT_GOOD)
    try:
        data = form.cleaned_data
        language = data["language"] if "language" in form.data else None
        draft = keep(own, form.texts(), data["version"], language, by=request.user)
    except NotAsOpened as error:
        return _not_as_opened(request, own, form, error)
    except ValidationError as error:
        form.refused(error)
        return _refused(request, own, form, NOT_GOOD)
    if "submit" in request.POST:
        return _submitted(request, own, form, draft)
    said = _("Saved at %(hour)s.") % {"hour": f"{timezone.localtime(draft.saved_at, GENEVA):%H:%M}"}
    if wants_json(request):
        return JsonResponse({"version": draft.version, "said": said})
    messages.success(request, said)
    return HttpResponseRedirect(request.path)


def _taken_back(request, own):
    try:
        if own.draft:
            take_back(own.draft, by=request.user)
            messages.success(request, _("You have your report back. Change it, and submit it again."))
    except NotAsOpened as error:
        messages.error(request, " ".join(error.messages))
    return HttpResponseRedirect(request.path)


def _submitted(request, own, form, draft):
    try:
        submit(draft, unchanged=form.cleaned_data["unchanged"], by=request.user)
    except NotAsOpened as error:
        return _not_as_opened(request, own, form, error)
    except ValidationError as error:
        form.refused(error)
        form.knows(draft.version)  # it is saved, and can be changed on
        return _refused(request, own, form, NOT_GOOD)
    messages.success(request, _("Submitted. The secretariat will read it; its decision will appear here."))
    return HttpResponseRedirect(request.path)


def _not_as_opened(request, own, form, error):
    """The typed texts beside the saved ones; saving again replaces the saved ones."""
    now = asked_report(request.user, own.subject.slug, own.meeting.code, today()) or own
    form.refused(error)
    if now.closed_because:
        form.add_error(None, KEPT)
    elif not wants_json(request):
        form.knows(now.version)
    return _refused(request, now, form, NOT_AS_OPENED, saved=now.draft)


def _refused(request, own, form, status, saved=None):
    if wants_json(request):
        sentences = [sentence for sentences in form.errors.values() for sentence in sentences]
        return JsonResponse({"status": status, "error": " ".join(map(str, sentences))}, status=status)
    return _page(request, own, form, status=status, saved=saved)


def _page(request, own, form, status=200, saved=None):
    parts = [_part(form[name], own.last, saved) for name in ReportDraft.TEXTS]
    asks_unchanged = form.has_error(NON_FIELD_ERRORS, code="unchanged")
    context = {"own": own, "form": form, "parts": parts, "typed": form.is_bound, "asks_unchanged": asks_unchanged}
    return render(request, "workspace/report_draft.html", context, status=status)


def _part(field, last, saved):
    """One text of the page: whether it is word for word that of the last report, and what is saved beside it."""
    text, kept = cleaned(field.value() or "", lines=True), getattr(saved, field.name, None)
    return {
        "field": field,
        "text": text,
        "taken_over": bool(text) and text == getattr(last, field.name, None),
        "saved": kept if kept != text else None,
    }


def _shut_out(request, form=None):
    """Not signed in, or not the Coordinator of the subject today: give back what was sent."""
    if request.user.is_authenticated:
        sentence = _("You are not the Coordinator of this subject today, so you cannot write its report.")
        return _given_back(request, sentence, NOT_HERS, form)
    response = _given_back(request, _("You are no longer signed in."), NOT_SIGNED_IN, form)
    response["WWW-Authenticate"] = 'Session realm="ISCG"'
    return response


def _given_back(request, sentence, status, form=None):
    """Why nothing can be written here, and what was sent."""
    if form is not None:
        sentence = f"{sentence} {KEPT}"
    if wants_json(request):
        return JsonResponse({"status": status, "error": sentence}, status=status)
    texts = [(form[name].label, form[name].value()) for name in ReportDraft.TEXTS] if form else []
    context = {"sentence": sentence, "texts": [(label, text) for label, text in texts if text]}
    return render(request, "workspace/report_kept.html", context, status=status)
