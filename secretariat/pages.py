"""The desk's own pages: all of what waits of one sort, one clause that is not in order, and the search."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from iscg_portal.adminkit.site import desk_page
from iscg_portal.tenure.dates import today
from members.models import TermsOfReference
from secretariat.attention import attention, by_clause
from secretariat.findings import CLAUSES
from secretariat.record_lists import record_lists
from secretariat.searching import LONGEST, search
from secretariat.to_do import sorts_of, to_do

MOST = 500  # lines of a sort, and findings of a topic
FEW = 20  # of each topic and list, before all of them are asked for
WHOLE = "all"  # what the address asks for where not the first few are enough
RECORD = "record"  # how the address names the clause that is none: the record itself


@require_safe
def to_do_page(request, sort):
    """Everything of one sort on which the account can act. Errors: Http404."""
    if sort not in sorts_of(request.user):
        raise Http404(_("There is no such list, or it is not for you."))
    found = to_do(request.user, today(), [sort], MOST)
    return desk_page(request, "admin/to_do.html", title=_("To do"), waiting=found, on=today())


@require_safe
def not_in_order(request):
    """What the Terms of Reference ask and is not so: all clauses, or the one that the address names."""
    if not admin.site.get_app_list(request):
        raise PermissionDenied
    asked = request.GET.get("clause", "")
    clause = {"": None, RECORD: ""}.get(asked, asked)
    if clause is not None and clause not in CLAUSES:
        raise Http404(_("The portal looks after no such clause."))
    on, is_whole = today(), WHOLE in request.GET
    return desk_page(
        request,
        "admin/not_in_order.html",
        title=_("What is not in order"),
        on=on,
        clauses=by_clause(attention(on, request.user, clause)),
        terms=TermsOfReference.named_on(on),
        lists=record_lists(on) if clause == "" else None,
        most=MOST if is_whole else FEW,
        whole="" if is_whole else f"?{urlencode({'clause': asked, WHOLE: 1})}",
        every=[(one or RECORD, one, text, one == clause) for one, text in CLAUSES.items()],
    )


@require_safe
def find(request):
    """Every record that has the words; the only one is opened at once."""
    if not admin.site.get_app_list(request):
        raise PermissionDenied
    asked = request.GET.get("q", "")
    found = search(request, asked)
    if found.only:
        return HttpResponseRedirect(found.only.href)
    return desk_page(request, "admin/find.html", title=_("Search"), q=asked[:LONGEST], found=found)
