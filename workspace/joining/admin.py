"""Participants in the admin: “Confirm…”, “Refuse…”, “End…”, and the list for the group's e-mail list (clause C5)."""

from operator import attrgetter

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import ActForm, attempt
from iscg_portal.adminkit.admin_rights import never
from iscg_portal.adminkit.base import RecordAdmin
from iscg_portal.collation import in_order
from iscg_portal.importing.admin import ListButtons
from iscg_portal.languages import in_a_row
from iscg_portal.tables import Column, Table, file_of
from iscg_portal.text_fields import WideLine
from members.models import Country
from workspace.joining import acts as joining
from workspace.joining.views import choice_of_states
from workspace.models import Participant

State = Participant.State
ACTS = {  # the word of the button, the title, from which states, the act
    "confirm": (
        gettext_lazy("Confirm…"),
        gettext_lazy("Confirm: %(participant)s"),
        [State.WAITING, State.REFUSED, State.OVER],
        joining.admit,
    ),
    "refuse": (gettext_lazy("Refuse…"), gettext_lazy("Refuse: %(participant)s"), [State.WAITING], joining.refuse),
    "end": (gettext_lazy("End…"), gettext_lazy("End: %(participant)s"), [State.TAKES_PART], joining.end),
}
DONE = {
    "confirm": gettext_lazy("%(participant)s takes part; the mail that says so is in the outbox."),
    "refuse": gettext_lazy("%(participant)s is refused; the mail with your reason is in the outbox."),
    "end": gettext_lazy("%(participant)s no longer takes part."),
}
LEADS = {
    "confirm": gettext_lazy("The delegate gets a mail, and is in the export for the e-mail list from now on."),
    "refuse": gettext_lazy("The delegate gets a mail with your reason."),
    "end": gettext_lazy("The delegate is no longer in the export for the e-mail list, and gets no mail."),
}
COLUMNS = [
    Column(name, explanation=Participant._meta.get_field(name).verbose_name)
    for name in ("email", "name", "capacity", "country", "affiliation", "language")
]


class RefusalForm(ActForm):
    """A refusal needs a reason, which the delegate reads."""

    reason = WideLine(
        label=gettext_lazy("Why?"),
        max_length=1000,
        help_text=gettext_lazy("The delegate reads it; the history keeps it."),
    )


@admin.register(Participant)
class ParticipantAdmin(ListButtons, RecordAdmin):
    """A delegate who asked to take part. Added by the page “Take part” alone, under an address that was confirmed."""

    list_display = ["name", "state", "for_whom", "email", "asked_at"]
    list_filter = ["state", "capacity", "language"]
    search_fields = ["name", "affiliation", "email"]
    fieldsets = [
        (None, {"fields": ["name", "capacity", "country", "affiliation", "email", "language", "message"]}),
        (gettext_lazy("State"), {"fields": ["state", "asked_at", "decided_at"]}),
    ]
    readonly_fields = ["message", "state", "asked_at", "decided_at"]
    has_add_permission = never

    @admin.display(description=gettext_lazy("stands for"))
    def for_whom(self, participant):
        """The State and its administration, or the Sector Member."""
        return in_a_row(dict.fromkeys([participant.stands_for, participant.affiliation]))

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """A State is chosen by its name, as on the page “Take part”."""
        if db_field.name == "country":
            return choice_of_states(db_field)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(state_name=Country.objects.names_of("country"))

    def may_decide(self, request):
        """Deciding is a right of its own."""
        return request.user.has_perm("workspace.decide_participant")

    def may_export(self, request):
        """Exporting the addresses is a right of its own too."""
        return request.user.has_perm("workspace.export_participant")

    def get_urls(self):
        act = self.admin_site.admin_view(self.act_view)
        return [
            path("<path:object_id>/act/<slug:act>/", act, name="workspace_participant_act"),
            *self.named_paths([("export/<slug:format>/", self.export_view, "export")]),
            *super().get_urls(),
        ]

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        if self.may_decide(request):
            page = self.change_url(obj).removesuffix("change/")
            yield from [
                (word, f"{page}act/{name}/") for name, (word, _t, states, _a) in ACTS.items() if obj.state in states
            ]

    def list_buttons(self, request):
        words = {"csv": _("For the e-mail list, as CSV"), "xlsx": _("For the e-mail list, as XLSX")}
        return [(word, self.page_url("export", name)) for name, word in words.items() if self.may_export(request)]

    def act_view(self, request, object_id, act):
        participant = self.object_or_404(request, object_id)
        self.require(self.may_decide(request))
        if act not in ACTS:
            raise Http404(_("There is no such step."))
        word, title, _states, done = ACTS[act]
        form = (RefusalForm if act == "refuse" else ActForm)(request.POST or None)
        heading = str(title) % {"participant": participant}
        button = str(word).rstrip("…")
        if attempt(form, lambda: done(participant, reason=form.cleaned_data["reason"], by=request.user)):
            self.log_change(request, participant, button)
            return self.act_done(request, DONE[act] % {"participant": participant}, participant)
        return self.act_page(request, participant, form, title=heading, act=button, lead=LEADS[act])

    def export_view(self, request, format):
        """Those who take part, for the group's e-mail list (clause W1)."""
        if not self.may_export(request):
            raise PermissionDenied
        if format not in ("csv", "xlsx"):
            raise Http404(_("There are files as xlsx and csv only."))
        rows = Participant.objects.visible_to(request.user).filter(state=State.TAKES_PART)
        return file_of(request, Table("participants", COLUMNS, in_order(rows, attrgetter("affiliation"))), format)
