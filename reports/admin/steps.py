"""The steps of a report in the admin; what is odd stands above “Approve…” and “Publish…”.

Above “Publish…” stands the whole of what will be frozen too (rule 18).
"""

import hashlib
from collections.abc import Callable
from typing import NamedTuple

from django import forms
from django.http import Http404
from django.urls import path
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import ActForm, PublicActForm, attempt, reason_field
from iscg_portal.adminkit.site import admin_address
from iscg_portal.languages import LANGUAGE_OF_PREFIX
from iscg_portal.tenure.dates import today
from reports.acts import annual_reports as acts
from reports.content import content_of
from reports.facts import gather
from reports.oddities import oddities
from reports.renditions import canonical
from reports.renditions.page import sections_html
from reports.renditions.words import header_rows

CHANGE = "reports.change_annualreport"


class Step(NamedTuple):
    """One step: the word of its button, the states before it, the right for it, the act, and the message after it."""

    word: str
    states: list
    right: str
    act: Callable
    done: str


STEPS = {
    "submit": Step(
        gettext_lazy("Submit for review…"),
        ["draft"],
        CHANGE,
        acts.submit,
        gettext_lazy("%(report)s waits for review. Somebody else approves and publishes it."),
    ),
    "send-back": Step(
        gettext_lazy("Send back…"),
        ["in review", "approved"],
        acts.PUBLISH,
        acts.send_back,
        gettext_lazy("%(report)s is a draft again."),
    ),
    "approve": Step(
        gettext_lazy("Approve…"),
        ["in review"],
        acts.PUBLISH,
        acts.approve,
        gettext_lazy("%(report)s is approved and can be published."),
    ),
    "publish": Step(
        gettext_lazy("Publish…"),
        ["approved"],
        acts.PUBLISH,
        acts.publish,
        gettext_lazy("%(report)s is public. Its files will be made now; this page says how far they are."),
    ),
    "withdraw": Step(
        gettext_lazy("Withdraw…"),
        ["published", "superseded"],
        acts.PUBLISH,
        acts.withdraw,
        gettext_lazy("%(report)s is withdrawn. Its page stays and says why."),
    ),
}


class StepForm(ActForm):
    """Why the step is taken."""

    reason = reason_field(help_text=gettext_lazy("Kept with the step; only staff read it."), required=False)

    def take(self, act, report, by):
        """Take the step."""
        act(report, by, self.cleaned_data["reason"])


class WithdrawForm(StepForm, PublicActForm):
    """Why the report is withdrawn; its page says it."""

    field_order = ["public_reason", "reason"]


class PublishForm(StepForm):
    """Why, where it is needed; and which text the page showed."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def take(self, act, report, by):
        act(report, by, self.cleaned_data["reason"], seen=self.cleaned_data["seen"] or "nothing")


FORMS = {"publish": PublishForm, "withdraw": WithdrawForm}


class Stepping:
    """Mixin of the report's ModelAdmin: the page of each step."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.step_view)
        name = "reports_annualreport_step"
        return [path("<path:object_id>/step/<slug:step>/", view, name=name), *super().get_urls()]

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        for name, step in STEPS.items():
            if obj.state in step.states and request.user.has_perm(step.right):
                yield step.word, f"{self.change_url(obj).removesuffix('change/')}step/{name}/"

    def step_view(self, request, object_id, step):
        report = self.object_or_404(request, object_id)
        if step not in STEPS:
            raise Http404(_("There is no such step."))
        button, _states, right, act, done = STEPS[step]
        word = str(button).rstrip("…")
        self.require(request.user.has_perm(right))
        form = FORMS.get(step, StepForm)(request.POST or None)
        if attempt(form, lambda: form.take(act, report, request.user)):
            self.log_change(request, report, word)
            return self.act_done(request, done % {"report": report}, report)
        title = _("%(step)s: %(report)s") % {"step": word, "report": report}
        report = self.get_object(request, object_id)
        context = self.publishing_context(report, form) if step == "publish" else {}
        if step == "approve":
            context = {"odd": _odd(report, gather(report)), "may_see": self.act_url("preview", report)}
        if step in ("approve", "publish") and (refusal := acts.own_report_refusal(report, request.user)):
            context = {"refusal": refusal}
        page = self.act_page(request, report, form, title=title, act=word, **context)
        if "odd" in context:
            page.template_name = "admin/report_publish.html"
        return page

    def publishing_context(self, report, form):
        """What stands above the button; the form then names the text that the page shows."""
        if problem := report.publication_problem():
            return {"refusal": problem}
        report.dated_on = report.dated_on or today()
        facts = gather(report)
        content = content_of(report, facts)
        form.show_anew(seen=hashlib.sha256(canonical(content)).hexdigest())
        return {
            "odd": _odd(report, facts),
            "texts": [_text(content, prefix) for prefix in _original_first(content)],
        }


def _odd(report, facts):
    """Pairs of a sentence and the address at which it is mended, or None."""
    return [(one.sentence, one.model and admin_address(one.model, one.pk)) for one in oddities(report, facts)]


def _original_first(content):
    return sorted(content["languages"], key=lambda prefix: (prefix != content["original_language"], prefix))


def _text(content, prefix):
    """The head and the sections in one language, as page, PDF and DOCX will have them."""
    return {
        "lang": LANGUAGE_OF_PREFIX[prefix],
        "head": header_rows(content, prefix),
        # All of it is escaped or cleaned.
        "sections": mark_safe(sections_html(content["languages"][prefix], prefix, is_one_of_several=True)),
    }
