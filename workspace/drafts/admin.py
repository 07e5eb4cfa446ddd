"""Reports that Coordinators handed in: the difference to the record, “Accept…” and “Send back…” (clause A4)."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit import admin_rights
from iscg_portal.adminkit.act_pages import ActForm, ActPages, attempt
from iscg_portal.adminkit.base import LookedAt
from iscg_portal.adminkit.site import desk_page
from iscg_portal.text_fields import TypedText
from workspace.drafts.acts import NO_LONGER_WAITS, accept, refuse
from workspace.drafts.own_reports import OwnReport
from workspace.models import ReportDraft


class AcceptForm(ActForm):
    """The version that was looked at, and why it is accepted."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class RefuseForm(AcceptForm):
    """Why it goes back; its writer reads it."""

    reason = TypedText(
        label=gettext_lazy("Why?"),
        max_length=1000,
        help_text=gettext_lazy("The Coordinator reads it in a mail, and on the page on which the report is written."),
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
    )


@admin.register(ReportDraft)
class ReportDraftAdmin(ActPages, LookedAt):
    """What Coordinators submitted. Nobody edits it here; accepting it changes the record."""

    list_display = ["subject_code", "meeting", "person", "state", "submitted_at", "decided_by"]
    list_filter = ["state"]
    list_select_related = ["subject", "meeting", "person", "decided_by"]
    search_fields = ["subject__code", "subject__title_en", "meeting__code", "person__search_key"]
    search_help_text = gettext_lazy("By subject, meeting or Coordinator.")
    act_template = "admin/report_draft.html"
    acts_of_it = ("accept", "refuse")

    def has_view_permission(self, request, obj=None):
        """Whoever may see Coordinators' reports also sees those that wait."""
        return admin_rights.holds(request.user, [admin_rights.right("view", self.model)])

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def may_decide(self, request):
        """A decision enters a Coordinator's report, or changes one."""
        return admin_rights.holds(request.user, admin_rights.ACT_PAGES["workspace_reportdraft_accept"].rights)

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    @admin.display(description=gettext_lazy("subject"), ordering="subject__code")
    def subject_code(self, draft):
        return draft.subject.code

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """The difference to what is on record now, and the ways to decide."""
        self.require(self.has_view_permission(request) and request.method in ("GET", "HEAD"))
        draft = self.object_or_404(request, object_id)
        acts = []
        if draft.state == ReportDraft.State.SUBMITTED and self.may_decide(request):
            acts = [(_("Accept…"), self.act_url("accept", draft)), (_("Send back…"), self.act_url("refuse", draft))]
        context = {
            "opts": self.opts,
            "original": draft,
            "title": str(draft),
            "object_acts": acts,
            "decided": draft.get_state_display(),
            **difference(draft),
        }
        return desk_page(request, self.act_template, **context)

    def accept_view(self, request, object_id):
        title, act = _("Accept the report %(draft)s"), _("Accept")
        done = _("The report is on record and public; the annual report on its period will include it.")
        lead = _(
            "The texts become the Coordinator’s report of the record, with your name in its history. Everyone can read"
            " them, but for the guidance to the focal points of the secretariat."
        )
        return self._decide(request, object_id, AcceptForm, accept, (title, act, lead, done))

    def refuse_view(self, request, object_id):
        title, act = _("Send the report %(draft)s back"), _("Send back")
        lead = _("The Coordinator gets a mail, can change the text and submit it again. The record stays as it is.")
        return self._decide(request, object_id, RefuseForm, refuse, (title, act, lead, _("The report was sent back.")))

    def _decide(self, request, object_id, form_class, carry_out, words):
        title, act, lead, done = words
        self.require(self.may_decide(request))
        draft = self.get_object(request, unquote(object_id))
        form = form_class(request.POST or None, initial={"version": draft and draft.version})
        if request.method == "POST" and draft and form.is_valid():
            if attempt(form, lambda: carry_out(draft, **form.cleaned_data, by=request.user)):
                return self.act_done(request, done, draft)
        if request.method == "POST" and not self.get_object(request, unquote(object_id)):
            return self._given_back(request, form, act)
        draft = self.object_or_404(request, object_id)
        title %= {"draft": draft}
        return self.act_page(request, draft, form, title=title, act=act, lead=lead, **difference(draft))

    def _given_back(self, request, form, act):
        """What was typed, and nothing of the report: its Coordinator took it back while the page was open."""
        if not form.non_field_errors():
            form.add_error(None, NO_LONGER_WAITS)
        page = self.act_page(request, None, form, title=act, act=act)
        page.template_name = "admin/act.html"
        return page


def difference(draft):
    """What the page compares: the draft with the record's report to this meeting, else with the last one before."""
    own = OwnReport(draft.subject, draft.meeting, None)
    other = own.on_record or own.last
    return {
        "compared_with": other,
        "record_url": other and reverse("admin:reports_coordinatorreport_change", args=[other.pk]),
        "is_on_record": other is not None and other == own.on_record,
        "texts": [
            (ReportDraft._meta.get_field(name).verbose_name, pieces(getattr(other, name, ""), getattr(draft, name)))
            for name in ReportDraft.TEXTS
        ],
    }


MOST_WORDS = 4_000  # of two paragraphs longer than this together, no words are compared
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class DifferencePiece(NamedTuple):
    """A stretch of text: "same", "gone" (in the old text alone) or "new" (in the new one alone)."""

    kind: str
    text: str


def pieces(old: str, new: str) -> list[DifferencePiece]:
    """The stretches of both texts in order. Without the new ones it is the old text, without the gone ones the new."""
    return _joined(_compared(old.splitlines(keepends=True), new.splitlines(keepends=True), within=True))


def _compared(before, after, *, within=False):
    matcher = SequenceMatcher(None, before, after)  # what is frequent is no anchor, or it takes minutes
    for tag, first, last, start, end in matcher.get_opcodes():
        gone, new = "".join(before[first:last]), "".join(after[start:end])
        if tag == "equal":
            yield DifferencePiece("same", gone)
            continue
        words = (_WORDS.findall(gone), _WORDS.findall(new)) if within and gone and new else None
        if words and sum(map(len, words)) <= MOST_WORDS:
            yield from _compared(*words)
        else:
            yield from (DifferencePiece(kind, text) for kind, text in (("gone", gone), ("new", new)) if text)


def _joined(found):
    """Stretches of one kind that follow each other are one."""
    joined = []
    for piece in found:
        if joined and joined[-1].kind == piece.kind:
            joined[-1] = DifferencePiece(piece.kind, joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined
