"""“The group noted it…” and “The group commented…”: what staff enter of a group that answered by other ways (F3)."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.db.models import BLANK_CHOICE_DASH
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import ActForm, attempt
from iscg_portal.adminkit.admin_rights import never
from iscg_portal.adminkit.base import RecordAdmin
from iscg_portal.adminkit.inlines import RowsToSee
from iscg_portal.adminkit.record_form import RecordForm
from iscg_portal.fixed_terms import body_in_words
from iscg_portal.personal_addresses import no_personal_address
from iscg_portal.tenure.day_field import DayInput
from iscg_portal.text_fields import LanguageField, TypedText
from meetings.models import Meeting
from reports.acts.group_answers import follow_answers, said_before
from reports.acts.transmissions import comment, meetings_of, note
from reports.models import GroupAnswer

MOST_MEETINGS = 20
TOLD = gettext_lazy(
    "The report %(report)s already tells this answer, so it stays as it is. What you typed is kept below; record it as"
    " a further answer of the group."
)


class SessionFields(forms.Form):
    """At which meeting of the group, and on which day of it; without a transmission there is no meeting to choose."""

    meeting = forms.ModelChoiceField(Meeting.objects.none(), label=gettext_lazy("Meeting of the group"), required=False)
    answered_on = DayInput(
        has_happened=True,
        label=gettext_lazy("Day of the session"),
        required=False,
        help_text=gettext_lazy("Blank: today."),
    )

    def __init__(self, transmission, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if transmission:
            of_group = meetings_of(transmission.group_id)
            self.fields["meeting"].queryset = of_group.filter(pk__in=of_group.values("pk")[:MOST_MEETINGS])
            self.fields["meeting"].initial = transmission.meeting_id


class NotedForm(SessionFields, ActForm):
    """When and where the group noted the report."""

    field_order = ["meeting", "answered_on", "reason"]


class CommentedForm(SessionFields, ActForm):
    """What the group said, when and where; in which language, who enters it says: none is taken for granted."""

    reply = TypedText(
        label=gettext_lazy("Comments of the group"),
        max_length=20_000,
        validators=[no_personal_address],
        widget=forms.Textarea(attrs={"rows": 8, "cols": 60}),
    )
    language = LanguageField(
        required=False,
        choices=[*BLANK_CHOICE_DASH, *settings.LANGUAGES],
        help_text=GroupAnswer._meta.get_field("language").help_text,
    )
    field_order = ["reply", "language", *NotedForm.field_order]


class AnswerRows(RowsToSee):
    """What the group did with the report, each time, and which report told it."""

    model = GroupAnswer
    fields = ["said_on", "meeting", "text", "language", "told_by"]
    related = ("meeting", "told_by")


class GroupAnswers:
    """Mixin of the transmission's ModelAdmin: both pages, and their buttons once the report was sent."""

    acts_of_it = ("noted", "commented")

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        if obj.state != obj.State.TO_SEND and self.has_change_permission(request, obj):
            if obj.asks_for_an_answer:
                yield _("The group noted it…"), self.act_url("noted", obj)
            yield _("The group commented…"), self.act_url("commented", obj)

    def noted_view(self, request, object_id):
        title = _("%(group)s noted the report %(report)s")
        return self._answer_view(request, object_id, NotedForm, title)

    def commented_view(self, request, object_id):
        title = _("%(group)s commented on the report %(report)s")
        return self._answer_view(request, object_id, CommentedForm, title)

    def _answer_view(self, request, object_id, form_class, title):
        transmission = self.object_or_404(request, object_id)
        self.require(self.has_change_permission(request, transmission))
        form = form_class(transmission, request.POST or None)
        if attempt(form, lambda: _enter(transmission, form.cleaned_data, request.user)):
            return self.act_done(
                request, _("The answer of the group is recorded; the next report tells it."), transmission
            )
        words = {"group": body_in_words(transmission.group_id), "report": transmission.report.code}
        lead = _("The answer gets a place in the next annual report.")
        return self.act_page(request, transmission, form, title=title % words, act=_("Record the answer"), lead=lead)


class AnswerForm(RecordForm):
    """An answer that is mended; its transmission says in the same act what it says then."""

    def save_before(self, *, reason="", by=None):
        self.above = said_before(self.instance.transmission)

    def save_parts(self, *, reason="", by=None):
        follow_answers(self.instance.transmission, self.above, reason=reason, by=by)


@admin.register(GroupAnswer)
class GroupAnswerAdmin(RecordAdmin):
    """An answer that was entered wrongly is mended or removed, until a report that is published tells it."""

    help_at_fields = {
        "said_on": gettext_lazy("The day on which the group noted it or commented on it in session."),
        "text": gettext_lazy("In the group’s own words."),
    }
    form = AnswerForm
    on_index = False
    list_display = ["transmission", "said_on", "meeting", "told_by"]
    list_select_related = ["transmission__report", "meeting", "told_by"]
    search_fields = ["transmission__report__code", "text"]
    autocomplete_fields = ["meeting"]
    fields = ["transmission", "said_on", "meeting", "text", "language", "told_by"]
    readonly_fields = ["transmission", "told_by"]
    has_add_permission = never

    def frozen_because(self, answer):
        return TOLD % {"report": answer.told_by.code} if answer.told_by_id else ""

    def _removed(self, request, obj, form):
        """Both or none: the answer goes, and its transmission no longer says it."""
        given, above = obj.transmission, said_before(obj.transmission)
        said = {"reason": form.cleaned_data.get("reason", ""), "by": request.user}
        with transaction.atomic():
            done = super()._removed(request, obj, form)
            done = done and attempt(form, lambda: follow_answers(given, above, **said))
            transaction.set_rollback(not done)
        return done


def _enter(transmission, data, by):
    said = {"meeting": data["meeting"], "reason": data["reason"], "by": by}
    if "reply" in data:
        return comment(transmission, data["reply"], data["answered_on"], language=data["language"], **said)
    return note(transmission, data["answered_on"], **said)
