"""The handover file in the workspace, for the holder of the term alone."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from iscg_portal.files.stored import answer
from iscg_portal.web.errors import gone
from workspace.access.rights import Act, asks
from workspace.models import Handover


@asks(Act.TAKE_OVER, enforced=False)
@login_required
@require_safe
def handover_file(request, pk):
    """The frozen file, while one holds the term that it is for; 404 for everybody else."""
    return answer_with(request, Handover.objects.for_person(request.user.person_id).filter(pk=pk))


def answer_with(request, files):
    """The one file of the queryset; 410 where contact data in it was erased since."""
    found = files.first()
    if found is None:
        raise Http404(_("No handover file of yours has this address."))
    if files.with_erased_contacts():
        sentence = _("Somebody’s contact data in this file was erased since. Ask for a new one: iscg@itu.int.")
        return gone(request, sentence)
    return answer(request, found.stored, found.name, inline=False)
