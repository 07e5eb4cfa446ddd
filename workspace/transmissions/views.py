"""The transmissions to one advisory group, for the account of its secretariat (clause F3). For all others: 404."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from iscg_portal.files import stored as stored_files
from iscg_portal.personal_addresses import no_personal_address
from iscg_portal.signing_in.typed_before import ShowsTypedBefore
from iscg_portal.tenure.dates import today
from iscg_portal.text_fields import LanguageField, TypedText
from meetings.models import Meeting
from reports.acts import transmissions
from reports.admin.group_answers import MOST_MEETINGS, SessionFields
from reports.covers import sentences
from reports.prose.sentences import rendered
from reports.renditions.harmless import with_its_lines
from workspace.access.rights import Act, asks
from workspace.transmissions.models import files_for, group_of, transmissions_to


class NotedForm(ShowsTypedBefore, SessionFields, forms.Form):
    """When and where the group noted the report in session."""


class CommentsForm(ShowsTypedBefore, SessionFields, forms.Form):
    """What the group said to the report in session, and when; the language is that of the page, unless one chooses."""

    reply = TypedText(
        label=gettext_lazy("Comments of the group"),
        max_length=20_000,
        validators=[no_personal_address],
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("They go to the secretariat of the ISCG. No personal addresses or numbers, please."),
    )
    language = LanguageField(required=False)
    field_order = ["reply", "language"]


class AgendaForm(ShowsTypedBefore, forms.Form):
    """On the agenda of which meeting of the group the report is."""

    meeting = forms.ModelChoiceField(Meeting.objects.none(), label=gettext_lazy("Meeting of the group"))

    def __init__(self, group, *args, **kwargs):
        super().__init__(*args, **kwargs)
        of_the_group = Meeting.objects.filter(body=group).not_called_off().order_by("-starts_on")
        self.fields["meeting"].queryset = of_the_group.filter(pk__in=of_the_group.values("pk")[:MOST_MEETINGS])


def _own_or_404(request, pk):
    """(group, transmission), where the account works for the secretariat of its group today."""
    group = group_of(request.user, today())
    transmission = transmissions_to(group).filter(pk=pk).first()
    if transmission is None:
        raise Http404(_("There is no such transmission."))
    return group, transmission


@asks(Act.ANSWER_TRANSMISSIONS, enforced=False)
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def transmission(request, pk):
    """One transmission with its files; a POST adds comments, and gives them back if they are refused."""
    try:
        group, given = _own_or_404(request, pk)
    except Http404:
        form = CommentsForm(None, request.POST or None)
        if not form["reply"].value():
            raise
        return _given_back(request, form)
    form = CommentsForm(given, request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        why, data = _("Comments of %(group)s, by its secretariat") % {"group": group}, form.cleaned_data
        said = {"reason": why, "by": request.user}
        said |= {"meeting": data["meeting"], "language": data["language"] or get_language()}
        if _done(request, form, lambda: transmissions.comment(given, data["reply"], data["answered_on"], **said)):
            return _back(request, given, _("Your comments are with the secretariat of the ISCG."))
    context = {
        "transmission": given,
        "became": sentences(given.report),
        "asked": transmissions.asked_of(given),
        "reply": rendered(with_its_lines(given.reply)),
        "files": files_for(group).filter(transmission=given),
        "form": form,
        "agenda": AgendaForm(group, auto_id="agenda_%s"),
        "noting": NotedForm(given, auto_id="noted_%s"),
    }
    return render(request, "workspace/transmission.html", context)


@asks(Act.ANSWER_TRANSMISSIONS, enforced=False)
@login_required
@require_POST
def received(request, pk):
    """The group's secretariat acknowledges receipt."""
    group, given = _own_or_404(request, pk)
    why = _("Acknowledged by the secretariat of %(group)s") % {"group": group}
    return _step(
        request,
        given,
        lambda: transmissions.acknowledge(given, reason=why, by=request.user),
        _("Receipt is acknowledged."),
    )


@asks(Act.ANSWER_TRANSMISSIONS, enforced=False)
@login_required
@require_POST
def on_agenda(request, pk):
    """The group's secretariat says on the agenda of which meeting it is."""
    group, given = _own_or_404(request, pk)
    form, why = AgendaForm(group, request.POST), _("On the agenda, says the secretariat of %(group)s")
    said = {"reason": why % {"group": group}, "by": request.user}
    return _step(
        request,
        given,
        lambda: transmissions.put_on_agenda(given, _cleaned(form)["meeting"], **said),
        _("The secretariat of the ISCG sees on which agenda the report is."),
    )


@asks(Act.ANSWER_TRANSMISSIONS, enforced=False)
@login_required
@require_POST
def noted(request, pk):
    """The group noted the report in session, says its secretariat."""
    group, given = _own_or_404(request, pk)
    form, why = NotedForm(given, request.POST), _("Noted by %(group)s, says its secretariat") % {"group": group}
    return _step(
        request,
        given,
        lambda: transmissions.note(
            given, _cleaned(form)["answered_on"], meeting=form.cleaned_data["meeting"], reason=why, by=request.user
        ),
        _("The secretariat of the ISCG sees that the group noted the report."),
    )


def _cleaned(form):
    """What was entered. Errors: ValidationError with the first thing that is wrong."""
    if not form.is_valid():
        raise ValidationError(next(iter(form.errors.values()))[0])
    return form.cleaned_data


def _step(request, given, act, done):
    try:
        act()
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return HttpResponseRedirect(reverse("workspace:transmission", args=[given.pk]))
    return _back(request, given, done)


@asks(Act.ANSWER_TRANSMISSIONS, enforced=False)
@login_required
@require_http_methods(["GET", "HEAD"])
def transmission_file(request, pk, file):
    """A file for the group's secretariat, checked on each request and kept in no cache."""
    group, given = _own_or_404(request, pk)
    found = files_for(group).filter(transmission=given, pk=file).first()
    if found is None:
        raise Http404(_("There is no such file."))
    return stored_files.answer(request, found.stored, found.name, inline=False)


def _given_back(request, form):
    """It tells no more about the transmission than the 404 for everyone else."""
    sentence = _("There is no such transmission for you today. Nothing was sent; what you wrote is still here.")
    context = {"sentence": sentence, "texts": [(form["reply"].label, form["reply"].value())]}
    return render(request, "workspace/report_kept.html", context, status=404)


def _done(request, form, act):
    try:
        return act()
    except ValidationError as error:
        form.add_error("reply", error.messages)
        return None


def _back(request, given, sentence):
    messages.success(request, sentence)
    return HttpResponseRedirect(reverse("workspace:transmission", args=[given.pk]))
