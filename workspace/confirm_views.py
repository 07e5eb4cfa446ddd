"""The page behind a one-time link: an office holder's own entry, to be confirmed or corrected without signing in."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iscg_portal.mail.one_time import one_time_page
from iscg_portal.tenure.dates import today
from iscg_portal.web.errors import gone
from workspace import confirming
from workspace.models import EntryLink
from workspace.offices import held_by
from workspace.proposal_forms import EntryForm
from workspace.rights import Act, asks


@asks(Act.READ)
@one_time_page
def confirm(request, token):
    """GET only shows; POST answers, once."""
    link = EntryLink.objects.of_token(token)
    now = today()
    if link is None:
        raise Http404(_("This is no link of ours. Open it again from the mail, with all its end."))
    if link.answered_at:
        return gone(request, _("This link was answered already. It can be answered once."))
    if link.expires_on < now:
        return gone(request, _("The time of this link is over. Ask the secretariat for a new one: iscg@itu.int."))
    held = held_by(link.person_id, now)
    if not held:
        return gone(request, _("You hold no office today; there is nothing to confirm."))
    form = EntryForm(link.person, held, request.POST if request.POST.get("answer") == "correct" else None)
    refusals, status = [], 200
    if request.method == "POST":
        try:
            if _answer(request, link, form):
                return render(request, "workspace/entry_answered.html", {"answer": request.POST["answer"]})
        except confirming.LinkSpent:
            return gone(request, _("This link was answered already. It can be answered once."))
        except ValidationError as error:
            refusals, status = error.messages, 409 if getattr(error, "code", "") == "moved" else 200
            form = EntryForm(link.person, held, _with_seen(form))
    context = {"person": link.person, "held": held, "form": form, "refusals": refusals, "as_on": now}
    return render(request, "workspace/entry.html", context, status=status)


def _answer(request, link, form):
    """Whether the answer was taken; False where the form has to be corrected first."""
    if request.POST.get("answer") == "confirm":
        confirming.confirm(link, request.POST.get("seen", ""))
        return True
    if form.is_bound and form.is_valid():
        confirming.correct(link, form.cleaned_data["seen"], form.cleaned_data, language=get_language())
        return True
    return False


def _with_seen(form):
    """What was typed, over the entry as the page shows it now."""
    if not form.is_bound:
        return None
    data = form.data.copy()
    data["seen"] = form.seen_now
    return data
