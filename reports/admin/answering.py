"""“Answer the Chair…”: what the secretariat says to a comment on a draft; the Chair gets it by mail."""

from django import forms
from django.http import HttpResponseRedirect
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import ActForm, attempt
from iscg_portal.languages import with_colon
from iscg_portal.personal_addresses import no_personal_address
from iscg_portal.text_fields import TypedText
from reports.acts.comments import WRITES, answer
from reports.models import ReportComment
from reports.models.report_comments import MOST_OF_A_COMMENT


class CommentChoice(forms.ModelChoiceField):
    """A comment, by its beginning."""

    def label_from_instance(self, obj):
        return Truncator(with_colon(obj.by, obj.text)).chars(300)


class AnswerCommentForm(ActForm):
    """To which comment, and what."""

    comment = CommentChoice(
        ReportComment.objects.none(), label=gettext_lazy("Comment"), widget=forms.RadioSelect, empty_label=None
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

    def get_urls(self):
        return [*self.act_paths("answer-comment"), *super().get_urls()]

    def object_acts(self, request, obj):
        offered = super().object_acts(request, obj)
        if request.user.has_perm(WRITES) and obj.comments.waiting().exists():
            offered.append((_("Answer the Chair…"), self.act_url("answer-comment", obj)))
        return offered

    def answer_comment_view(self, request, object_id):
        report = self.object_or_404(request, object_id)
        self.require(request.user.has_perm(WRITES))
        form = AnswerCommentForm(report.comments.waiting().select_related("by"), request.POST or None)
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            if attempt(form, lambda: answer(data["comment"], data["words"], request.user)):
                self.log_change(request, report, _("Comment answered."))
                self.act_done(request, _("The comment is answered; the Chair gets the answer by mail."))
                return HttpResponseRedirect(self.change_url(report))
        title = _("Answer the Chair: %(report)s") % {"report": report}
        return self.act_page(request, report, form, title=title, act=_("Send the answer"), lead="")
