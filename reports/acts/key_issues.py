"""Acts on a key issue: published with its report, answered, closed (clause F3)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from iscg_portal import record_version
from iscg_portal.history import save_with_reason
from reports.models import KeyIssue


@transaction.atomic
def publish(issues, on, *, reason="", by=None):
    """Show the issues on the public page from a day on; issues that are already public stay as they are."""
    record_version.bump()  # the first lock of every writer
    for issue in issues:
        if issue.published_on is None:
            issue.published_on = on
            _save(issue, reason, by)


@transaction.atomic
def answer(issue, on, words, *, reason="", by=None):
    """Record the answer, in the original language of the issue. Errors: ValidationError."""
    issue = _as_it_stands(issue)
    if issue.answered_on:
        raise ValidationError(_("This issue was answered; change the answer on its page."))
    setattr(issue, build_localized_fieldname("answer", issue.original_language), words.strip())
    issue.answered_on = on
    _save(issue, reason, by)


@transaction.atomic
def close(issue, on, because, *, reason="", by=None):
    """The next report no longer carries it. Errors: ValidationError."""
    issue = _as_it_stands(issue)
    issue.closed_on, issue.closed_because = on, because.strip()
    _save(issue, reason or issue.closed_because, by)


def _as_it_stands(issue):
    """The issue as it is now in the database. ValidationError if it is closed."""
    record_version.bump()
    issue = KeyIssue.objects.get(pk=issue.pk)
    if issue.closed_on:
        raise ValidationError(_("This issue is closed."))
    return issue


def _save(issue, reason, by):
    issue.full_clean()
    save_with_reason(issue, reason, by)
