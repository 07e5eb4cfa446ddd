"""Proposing corrections and activities for one's subjects, and taking a proposal back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from subjects.models import Subject
from workspace.models import Proposal
from workspace.proposal_acts import submit, withdraw
from workspace.proposal_forms import SubjectForm
from workspace.rights import Act, asks, may_for

MOST = 50


@asks(Act.PROPOSE, enforced=False)
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def subject(request, slug):
    """What the record says of a subject, to be corrected by its Coordinator and its Focal Points of today."""
    found = get_object_or_404(Subject, slug=slug)
    form = SubjectForm(found, get_language(), request.POST or None)
    if not may_for(request.user, Act.PROPOSE, found):
        if request.method != "POST":
            raise Http404(_("You are neither Coordinator nor Focal Point of such a subject today."))
        return render(request, "workspace/office_lost.html", {"subject": found, "typed": form.typed()}, status=403)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            submit(
                request.user.person,
                form.changes(),
                account=request.user,
                subject=found,
                why=form.cleaned_data["why"],
                language=get_language(),
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Your proposal waits for the secretariat. Nothing public has changed yet."))
            return HttpResponseRedirect(reverse("workspace:subject", args=[found.slug]))
    elif form.has_error("__all__", code="moved"):
        status = 409
    proposals = Proposal.objects.newest_of(request.user.person, MOST, subject=found)
    context = {"subject": found, "form": form, "proposals": proposals}
    return render(request, "workspace/subject.html", context, status=status)


@asks(Act.PROPOSE, enforced=False)
@login_required
@require_POST
def withdraw_proposal(request, pk):
    """Take back what one proposed, as long as it waits."""
    found = Proposal.objects.filter(pk=pk, person__isnull=False, person=request.user.person_id).first()
    if found is None:
        raise Http404(_("You proposed no such correction."))
    try:
        withdraw(found, by=request.user)
        messages.success(request, _("Your proposal is withdrawn."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return HttpResponseRedirect(reverse("workspace:workspace"))
