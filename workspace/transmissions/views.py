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

OF_AGENDA, OF_NOTING = "agenda_%s", "noted_%s"  # ids of their fields: three forms of the page have a meeting


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
        raise Http404(_("There is no such transmission for you today."))
    return group, transmission


@asks(Act.ANSWER_TRANSMISSIONS, enforced=False)
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def transmission(request, pk):
    """One transmission with its files; a POST adds comments, and gives them back if they are refused."""
    group, given = _own_or_404(request, pk)
    if request.method != "POST":
        return _page(request, group, given)
    form, why = CommentsForm(given, request.POST), _("Comments of %(group)s, by its secretariat") % {"group": group}

    def act(typed):
        said = {"meeting": typed["meeting"], "language": typed["language"] or get_language()}
        transmissions.comment(given, typed["reply"], typed["answered_on"], reason=why, by=request.user, **said)

    done = _("Your comments are with the secretariat of the ISCG.")
    return _answered(request, group, given, {"form": form}, act, done)


def _page(request, group, given, **sent):
    """The page with its three forms; one of them may have been sent and refused."""
    context = {
        "transmission": given,
        "became": sentences(given.report),
        "asked": transmissions.asked_of(given),
        "reply": rendered(with_its_lines(given.reply)),
        "files": files_for(group).filter(transmission=given),
        "form": CommentsForm(given, initial={"language": get_language()}),
        "agenda": AgendaForm(group, auto_id=OF_AGENDA),
        "noting": NotedForm(given, auto_id=OF_NOTING),
    }
    return render(request, "workspace/transmission.html", context | sent)


def _answered(request, group, given, sent, act, done):
    """Do it with what was typed; where it is refused the page keeps that. `sent`: the form by its name on the page."""
    if request.method != "POST":
        return _to_page(given)
    [form] = sent.values()
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as error:
            by_field = error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}
            for name, errors in by_field.items():
                form.add_error(name if name in form.fields else None, errors)
        else:
            return _back(request, given, done)
    return _page(request, group, given, **sent)


@asks(Act.ANSWER_TRANSMISSIONS, enforced=False)
@login_required
@require_POST
def received(request, pk):
    """The group's secretariat acknowledges receipt."""
    group, given = _own_or_404(request, pk)
    why = _("Acknowledged by the secretariat of %(group)s") % {"group": group}
    try:
        transmissions.acknowledge(given, reason=why, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return _to_page(given)
    return _back(request, given, _("Receipt is acknowledged."))


@asks(Act.ANSWER_TRANSMISSIONS, enforced=False)
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def on_agenda(request, pk):
    """The group's secretariat says on the agenda of which meeting it is."""
    group, given = _own_or_404(request, pk)
    why = _("On the agenda, says the secretariat of %(group)s") % {"group": group}
    form = AgendaForm(group, request.POST, auto_id=OF_AGENDA)

    def act(typed):
        transmissions.put_on_agenda(given, typed["meeting"], reason=why, by=request.user)

    done = _("The secretariat of the ISCG sees on which agenda the report is.")
    return _answered(request, group, given, {"agenda": form}, act, done)


@asks(Act.ANSWER_TRANSMISSIONS, enforced=False)
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def noted(request, pk):
    """The group noted the report in session, says its secretariat."""
    group, given = _own_or_404(request, pk)
    why = _("Noted by %(group)s, says its secretariat") % {"group": group}
    form = NotedForm(given, request.POST, auto_id=OF_NOTING)

    def act(typed):
        said = {"meeting": typed["meeting"], "reason": why, "by": request.user}
        transmissions.note(given, typed["answered_on"], **said)

    done = _("The secretariat of the ISCG sees that the group noted the report.")
    return _answered(request, group, given, {"noting": form}, act, done)


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


def _back(request, given, sentence):
    messages.success(request, sentence)
    return _to_page(given)


def _to_page(given):
    return HttpResponseRedirect(reverse("workspace:transmission", args=[given.pk]))
