"""The page on which a Coordinator or Focal Point looks at what conferences made of a subject's mandates (B1, F1)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from iscg_portal.tenure.dates import today
from subjects.acts import look_at_all
from subjects.mandate_changes import changed_mandates, changes_of, lookers_of
from subjects.models import Subject
from workspace.access.rights import Act, asks, may_for, office_lost

WORD = "word-"


@asks(Act.LOOK_AT_MANDATES, enforced=False)
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mandates(request, slug):
    """What was revised, suppressed or new behind a subject, with a word for each that was looked at."""
    subject, on = get_object_or_404(Subject, slug=slug), today()
    typed = {name.removeprefix(WORD): word for name, word in request.POST.items() if name.startswith(WORD)}
    if not may_for(request.user, Act.LOOK_AT_MANDATES, subject):
        return office_lost(request, subject, [(_("In a word"), word) for word in typed.values() if word])
    changes = changes_of(changed_mandates(on).filter(subject=subject))
    refusals = []
    if request.method == "POST":
        try:
            marked = look_at_all(changes, typed, said_by=str(request.user.person), by=request.user)
        except ValidationError as error:
            refusals = error.messages
        else:
            said = ngettext("%(count)d is marked as looked at.", "%(count)d are marked as looked at.", marked)
            nothing = _("No word was written: nothing is marked.")
            messages.success(request, said % {"count": marked} if marked else nothing)
            return HttpResponseRedirect(reverse("workspace:mandates", args=[subject.slug]))
    for change in changes:
        change.typed = typed.get(change.key, "")
    context = {
        "subject": subject,
        "changes": changes,
        "looker": lookers_of(changes, on).get(subject.pk),
        "refusals": refusals,
        "waiting": any(change.look is None for change in changes),
    }
    return render(request, "workspace/mandates.html", context, status=409 if refusals else 200)
