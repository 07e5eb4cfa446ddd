"""Two pages of a report: “Answer the Chair…”, and “Number…” with a number of the register that no other paper gets."""

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import ActForm, attempt
from iscg_portal.languages import with_colon
from iscg_portal.personal_addresses import no_personal_address
from iscg_portal.text_fields import TypedText
from meetings.admin.entering import NumberForm
from reports.acts.annual_reports import give_number
from reports.acts.comments import ANSWERED_MEANWHILE, WRITES, answer
from reports.models import ReportComment
from reports.models.report_comments import MOST_OF_A_COMMENT


class CommentChoice(forms.ModelChoiceField):
    """A comment, by its beginning."""

    def label_from_instance(self, obj):
        return Truncator(with_colon(obj.by, obj.text)).chars(300)


class AnswerCommentForm(ActForm):
    """To which comment, and what."""

    comment = CommentChoice(
        ReportComment.objects.none(),
        label=gettext_lazy("Comment"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"invalid_choice": ANSWERED_MEANWHILE},
    )
    words = TypedText(
        label=gettext_lazy("Answer"),
        max_length=MOST_OF_A_COMMENT,
        validators=[no_personal_address],
        help_text=gettext_lazy("Say what you changed in the draft, or why it stays. It goes to the Chair by mail."),
        widget=forms.Textarea(attrs={"rows": 6, "cols": 60}),
    )
    reason = None
    field_order = ["comment", "words"]

    def __init__(self, comments, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["comment"].queryset = comments
        self.fields["comment"].initial = comments.first()


class Answering:
    """Mixin of the report's ModelAdmin: the page that answers a comment, and its button."""

    acts_of_it = ("answer-comment",)

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        if request.user.has_perm(WRITES) and obj.comments.waiting().exists():
            yield _("Answer the Chair…"), self.act_url("answer-comment", obj)

    def answer_comment_view(self, request, object_id):
        report = self.object_or_404(request, object_id)
        self.require(request.user.has_perm(WRITES))
        form = AnswerCommentForm(report.comments.waiting().select_related("by"), request.POST or None)
        if attempt(form, lambda: answer(form.cleaned_data["comment"], form.cleaned_data["words"], request.user)):
            return self.act_done(request, _("The comment is answered; the Chair gets the answer by mail."), report)
        title = _("Answer the Chair: %(report)s") % {"report": report}
        return self.act_page(request, report, form, title=title, act=_("Send the answer"), lead="")


CHANGE = "reports.change_annualreport"


class ReportNumberForm(NumberForm):
    """The next number of a meeting, or one that the report has already."""

    field_order = ["meeting", "number"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].help_text = _(
            "Only where it has one, as in ISCG/25-1/03; it must not be that of a document."
        )

    def clean(self):
        cleaned = super().clean()
        if bool(cleaned.get("meeting")) == bool(cleaned.get("number")):
            self.add_error("meeting", _("Choose the meeting, or give the number that the report has already."))
        return cleaned


class Numbering:
    """Mixin of the report's ModelAdmin: the page that gives a number, and its button."""

    acts_of_it = ("number",)

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        if not obj.is_public and request.user.has_perm(CHANGE):
            yield _("Number…"), self.act_url("number", obj)

    def number_view(self, request, object_id):
        report = self.object_or_404(request, object_id)
        self.require(request.user.has_perm(CHANGE))
        form = ReportNumberForm(request.POST or None)
        if attempt(form, lambda: give_number(report, by=request.user, **form.cleaned_data)):
            words = {"report": report, "number": report.number}
            self.log_change(request, report, _("Number %(number)s given.") % words)
            return self.act_done(request, _("%(report)s has the number %(number)s.") % words, report)
        lead = _("The number is given when you press the button, and is never given again.")
        title = _("Number of %(report)s") % {"report": report}
        report = self.get_object(request, object_id)
        return self.act_page(request, report, form, title=title, act=_("Give the number"), lead=lead)
