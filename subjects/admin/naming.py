"""“Replace…” of a Coordinator, and “Name a Coordinator”: four things to say, and what will be (clause A0)."""

from django import forms
from django.contrib import admin
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iscg_portal.adminkit.act_pages import attempt
from iscg_portal.adminkit.plain_fields import SearchOrChoose
from iscg_portal.adminkit.record_form import DateAsText
from iscg_portal.tenure.dates import print_date, today
from iscg_portal.tenure.typed_dates import read_date
from members.admin.entering import FOR_WHOM, NEW_STATE, WHO, enterable_by
from members.admin.replacing import ReplaceForm
from subjects.acts import name_coordinator, succeed_coordinator
from subjects.admin.appointments import APPOINTED_BY, AppointmentFields
from subjects.models import Coordinator, Subject


class ReplaceCoordinatorForm(AppointmentFields, ReplaceForm):
    """Who follows as Coordinator, and which advisory groups appoint."""

    fieldsets = [
        (None, {"fields": [*WHO, *FOR_WHOM, "on", "how_ended"]}),
        APPOINTED_BY,
        NEW_STATE,
        (
            _("The decision that ends the present term"),
            {"fields": ["decision_body", "decision_document", "decision_url", "reason", "public_reason"]},
        ),
    ]

    def act(self, by):
        data, appointments = self.cleaned_data, self.appointments()
        self.enter(data["reason"], by)
        facts = {name: data[name] for name in self.facts}
        successor = succeed_coordinator(
            self.tenure,
            facts.pop("person"),
            data["on"],
            self.decision(),
            appointments=appointments,
            reason=data["reason"],
            by=by,
            **facts,
        )
        successor.appointed = appointments
        return successor


class NameForm(ReplaceCoordinatorForm):
    """Of which subject, who, for whom, from when, by which decisions."""

    subject = forms.ModelChoiceField(Subject.objects.all(), label=_("Subject"))
    on = DateAsText(
        label=_("From"),
        help_text=_("15 March 2016, March 2016 or 2016; “by 23 January 2025” if it began then or earlier."),
    )
    fieldsets = [
        (None, {"fields": ["subject", *WHO, *FOR_WHOM, "on"]}),
        APPOINTED_BY,
        NEW_STATE,
        (None, {"fields": ["reason", "public_reason"]}),
    ]

    def __init__(self, *args, **kwargs):
        super().__init__(Coordinator, *args, **kwargs)
        for name in ("how_ended", "decision_body", "decision_document", "decision_url"):
            del self.fields[name]
        self.fields["person"].label = gettext("Coordinator")
        self.fields["country"].help_text = gettext("The country for which the Coordinator sits.")
        self.fields["organization"].help_text = gettext("Only where the Coordinator does not sit for a country.")
        self.fields["on"].help_text = self.base_fields["on"].help_text
        subject = self.fields["subject"]
        subject.widget = SearchOrChoose(Coordinator._meta.get_field("subject"), admin.site)
        subject.widget.choices = subject.choices

    def clean_on(self):
        """The day with how exactly it is known."""
        return read_date(self.cleaned_data["on"])

    def act(self, by):
        """Carry it out; returns the rows that changed, the new one last."""
        data, appointments = self.cleaned_data, self.appointments()
        self.enter(data["reason"], by)
        words = {name: data[name] for name in ("country", "organization", "reason")}
        rows = name_coordinator(
            data["subject"],
            data["person"],
            *data["on"],
            appointments=appointments,
            by=by,
            answers=self.answers,
            **words,
        )
        rows[-1].appointed = appointments
        return rows


class Naming:
    """Mixin of the Coordinator's ModelAdmin: the page “Name a Coordinator”, and its button on the list."""

    def get_urls(self):
        page = path("name/", self.admin_site.admin_view(self.name_view), name="subjects_coordinator_name")
        return [page, *super().get_urls()]

    def list_buttons(self, request):
        naming = [(gettext("Name a Coordinator…"), reverse("admin:subjects_coordinator_name"))]
        return [*(naming if self.may_name(request) else []), *super().list_buttons(request)]

    def may_name(self, request):
        """A Coordinator is there before, or not."""
        return self.has_change_permission(request) and self.has_add_permission(request)

    def name_view(self, request):
        """The form; with “Show what will be”, the act is rehearsed and undone; else it is done."""
        self.require(self.may_name(request))
        initial = {"on": print_date(today()), "subject": request.GET.get("subject")}
        form = NameForm(request.POST or None, initial=initial, may_enter=enterable_by(request.user))
        rows = attempt(form, lambda: form.act(request.user), rehearse=form.rehearses)
        if rows and not form.rehearses:
            return self._named(request, rows[-1])
        title, act = gettext("Name a Coordinator"), gettext("Name as Coordinator")
        return self.act_page(request, None, form, title=title, act=act, preview=rows, can_preview=True)

    def _named(self, request, coordinator):
        self.log_addition(request, coordinator, gettext("Named."))
        words = {"office": coordinator.office_in_full, "person": coordinator.person, "since": coordinator.since}
        return self.act_done(request, gettext("%(office)s: %(person)s, %(since)s.") % words, coordinator)
