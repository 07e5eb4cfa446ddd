"""The page on which the Chair reads a draft in any language, with what it is made of, and comments on it."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from iscg_portal.languages import HTML_LANG, LANGUAGE_OF_PREFIX, PREFIX_OF_LANGUAGE, direction_of_language
from iscg_portal.personal_addresses import no_personal_address
from iscg_portal.signing_in.typed_before import ShowsTypedBefore
from iscg_portal.tenure.dates import today
from iscg_portal.text_fields import TypedText
from reports.acts.comments import OPEN_TO_COMMENTS, comment
from reports.composing import tree_of
from reports.facts import gather
from reports.models import AnnualReport
from reports.models.report_comments import MOST_OF_A_COMMENT
from reports.oddities import oddities
from reports.prose.sentences import rendered
from reports.renditions.harmless import with_its_lines
from reports.renditions.page import sections_html
from reports.renditions.words import full_title
from workspace.access.rights import Act, asks
from workspace.reviewing import open_points

UNPUBLISHED = (AnnualReport.State.DRAFT, AnnualReport.State.IN_REVIEW, AnnualReport.State.APPROVED)


class CommentForm(ShowsTypedBefore, forms.Form):
    """What the Chair says of the draft."""

    text = TypedText(
        label=gettext_lazy("Comment"),
        max_length=MOST_OF_A_COMMENT,
        validators=[no_personal_address],
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("The secretariat reads it beside the draft. No personal addresses or numbers, please."),
    )


def drafts_to_review():
    """The reports that are being written, the newest first. One query."""
    return list(AnnualReport.objects.filter(state__in=UNPUBLISHED).defer("content").order_by("-period_to", "-pk"))


@asks(Act.REVIEW_REPORTS)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request, code):
    """A draft as it would be published now; a POST adds a comment, and gives it back if it is refused."""
    report = AnnualReport.objects.filter(code=code, state__in=UNPUBLISHED).first()
    form = CommentForm(request.POST or None)
    is_open = report is not None and report.state in OPEN_TO_COMMENTS
    if form["text"].value() and not is_open:
        return _given_back(request, form)
    if report is None:
        raise Http404(_("There is no such draft."))
    if request.method == "POST" and form.is_valid() and _commented(request, report, form):
        messages.success(request, _("Your comment is with the secretariat."))
        return HttpResponseRedirect(reverse("workspace:review", args=[code]))
    prefix = request.GET.get("language", PREFIX_OF_LANGUAGE[get_language()])
    if prefix not in LANGUAGE_OF_PREFIX:
        raise Http404(_("The portal has no such language."))
    facts = gather(report)
    context = {
        "report": report,
        "form": form if is_open else None,
        "comments": report.comments.select_related("by"),
        "received": [(one, _parts(one)) for one in facts.received],
        "issues": facts.issues,
        "odd": oddities(report, facts),
        "points": open_points(today()),
        "languages": [(PREFIX_OF_LANGUAGE[language], label) for language, label in settings.LANGUAGES],
        **_text(report, facts, prefix),
    }
    return render(request, "workspace/review.html", context)


def _parts(report):
    """Pairs of a heading and what the Coordinator wrote, as harmless HTML."""
    return [(heading, rendered(with_its_lines(text), text.lang)) for heading, text in report.texts()]


def _text(report, facts, prefix):
    """The title and the sections in one language."""
    blocks = {block.key: block for block in report.blocks.all()}
    with override(LANGUAGE_OF_PREFIX[prefix]):
        tree = tree_of(report, facts, blocks, prefix)
        sections = mark_safe(sections_html(tree, prefix))  # every part of it is escaped or cleaned
    spoken = {"lang": HTML_LANG[LANGUAGE_OF_PREFIX[prefix]], "dir": direction_of_language(prefix)}
    return {"heading": full_title(tree, prefix), "sections": sections, **spoken}


def _commented(request, report, form):
    try:
        return comment(report, form.cleaned_data["text"], request.user)
    except ValidationError as error:
        form.add_error("text", error.messages)
        return None


def _given_back(request, form):
    sentence = _("This report is no draft any more. Nothing was sent; what you wrote is still here.")
    context = {"sentence": sentence, "texts": [(form["text"].label, form["text"].value())]}
    return render(request, "workspace/report_kept.html", context, status=404)
