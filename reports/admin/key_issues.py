"""Key issues in the admin, with “Answer…” and “Close…” (clause F3)."""

from django import forms
from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import ActForm, attempt
from iscg_portal.adminkit.base import TranslatedRecordAdmin
from iscg_portal.collation import InWords
from iscg_portal.tenure.dates import today
from iscg_portal.tenure.day_field import DayInput
from iscg_portal.text_fields import TypedText
from reports.acts.key_issues import answer, close
from reports.models import KeyIssue


class AnswerForm(ActForm):
    """What was answered, and when."""

    on = DayInput(label=gettext_lazy("Answered on"), has_happened=True)
    words = TypedText(
        label=gettext_lazy("Answer"),
        max_length=5_000,
        help_text=gettext_lazy("In the original language of the issue. Public once the issue is."),
        widget=forms.Textarea(attrs={"rows": 6, "cols": 60}),
    )
    field_order = ["on", "words", "reason"]


class CloseForm(ActForm):
    """From which day, and why."""

    on = DayInput(label=gettext_lazy("Closed on"), has_happened=True)
    because = TypedText(
        label=gettext_lazy("Closed because"),
        max_length=500,
        help_text=gettext_lazy("Public. The next report no longer carries it."),
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
    )
    field_order = ["on", "because"]


class KeyIssueStateFilter(SimpleListFilter):
    """How far it is today."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return KeyIssue.State.choices

    def queryset(self, request, queryset):
        return queryset.in_state(self.value()) if self.value() in KeyIssue.State.values else queryset


@admin.register(KeyIssue)
class KeyIssueAdmin(TranslatedRecordAdmin):
    """A key issue; it is carried from report to report until it is closed."""

    list_display = ["issue_in_words", "addressee", "subject", "raised_on", "state_today", "published_on"]
    list_filter = [KeyIssueStateFilter, "addressee"]
    list_select_related = ["subject"]
    search_fields = ["statement_en", "answer_en", "subject__code", "subject__title_en"]
    autocomplete_fields = ["subject"]
    help_at_fields = {
        "statement_en": gettext_lazy("What is raised, in the words of the annual report."),
        "subject": gettext_lazy("Search by the code or by words of the title."),
        "addressee": gettext_lazy("With whom it is raised."),
        "answer_en": gettext_lazy("What the addressee answered."),
        "answered_on": gettext_lazy("The day of the answer."),
        "closed_on": gettext_lazy("Blank while it is carried from report to report."),
        "closed_because": gettext_lazy("Needed with the day on which it was closed."),
    }
    record_fieldsets = [
        (None, {"fields": ["statement", "subject", "addressee", "raised_on", "original_language"]}),
        (gettext_lazy("Answer"), {"fields": ["answer", "answered_on"]}),
        (gettext_lazy("End"), {"fields": ["closed_on", "closed_because"]}),
        (gettext_lazy("Public"), {"fields": ["published_on"]}),
    ]
    acts_of_it = ("answer", "close")

    def get_changeform_initial_data(self, request):
        return {"raised_on": today(), **super().get_changeform_initial_data(request)}

    @admin.display(description=gettext_lazy("key issue"), ordering=InWords("statement", translated=True))
    def issue_in_words(self, issue):
        return issue.statement_shown[:120]

    @admin.display(description=gettext_lazy("state"))
    def state_today(self, issue):
        return issue.state_on().label

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        if self.has_change_permission(request, obj) and not obj.closed_on:
            if not obj.answered_on:
                yield _("Answer…"), self.act_url("answer", obj)
            yield _("Close…"), self.act_url("close", obj)

    def answer_view(self, request, object_id):
        lead = _("The reports carry it until it is closed.")
        words = _("Answer to %(issue)s"), _("Enter the answer"), lead, _("The answer is on record.")
        return self._act(request, object_id, AnswerForm, answer, words)

    def close_view(self, request, object_id):
        lead = _("It stays on record; reports whose period ends on this day or later leave it out.")
        words = _("Close %(issue)s"), _("Close the issue"), lead, _("The key issue is closed.")
        return self._act(request, object_id, CloseForm, close, words)

    def _act(self, request, object_id, form_class, carry_out, words):
        title, button, lead, done = words
        issue = self.object_or_404(request, object_id)
        self.require(self.has_change_permission(request, issue))
        form = form_class(request.POST or None, initial={"on": today()})
        if attempt(form, lambda: carry_out(issue, **form.cleaned_data, by=request.user)):
            self.log_change(request, issue, done)
            return self.act_done(request, done, issue)
        issue = self.get_object(request, object_id)
        return self.act_page(request, issue, form, title=title % {"issue": issue}, act=button, lead=lead)
