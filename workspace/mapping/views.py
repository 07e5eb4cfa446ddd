"""The pages of a side: its links, one link with what each side said of it, and claiming a new one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from iscg_portal.tables import ROWS_A_PAGE, read_page
from iscg_portal.tenure.dates import today
from studies.acts.saying import SaidMeanwhile, claim, newest_of, say
from studies.models import MappingLink, StudyUnit
from studies.shown_periods import shown_periods
from workspace.access.rights import Act, asks, office_lost, refusal_of
from workspace.mapping.forms import ClaimForm, SayingForm
from workspace.mapping.sides import links_of, side_on, sides_of_account


@asks(Act.CONFIRM_LINKS, enforced=False)
@login_required
@require_safe
def links(request):
    """The links on which the account speaks, those first that wait for it."""
    on = today()
    sides = sides_of_account(request.user, on)
    if not sides:
        raise refusal_of(Act.CONFIRM_LINKS)
    page = read_page(request, Paginator(links_of(sides, on), ROWS_A_PAGE))
    return render(request, "workspace/links.html", {"sides": sides, "page": page, "on": on})


@asks(Act.CONFIRM_LINKS, enforced=False)
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def link(request, pk):
    """One link: what each side said and when, and what the own side says now."""
    on = today()
    found = MappingLink.objects.filter(pk=pk).with_names().with_state(on).first()
    said = list(found.confirmations.order_by("said_on", "turn", "pk")) if found else []
    sides = sides_of_account(request.user, on) if found else []
    side = side_on(found, sides, said[-1].sector if said else "") if found else None
    newest = newest_of(said)
    form = SayingForm(newest, request.POST or None)
    if side is None:
        if request.method == "POST" and found:
            typed = [(form[name].label, form[name].value()) for name in ("because",) if form[name].value()]
            return office_lost(request, found.subject, typed)
        raise Http404(_("You speak for no side of this link today."))
    status = 200
    if request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("stance", "because")}
        try:
            say(found, side.sector, **words, said_by=side.said_by, by=request.user, seen=form.cleaned_data["seen"] or 0)
        except SaidMeanwhile as error:
            form.add_error(None, error.messages)
            form.see(newest)
            status = 409
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("What your side says is on record. The other side is told."))
            return HttpResponseRedirect(reverse("workspace:link", args=[found.pk]))
    spoke_last = bool(said) and said[-1].sector == side.sector
    context = {"link": found, "side": side, "said": said, "spoke_last": spoke_last, "form": form, "on": on}
    return render(request, "workspace/link.html", context, status=status)


@asks(Act.CONFIRM_LINKS, enforced=False)
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claim_link(request):
    """Claim a new link for the own side."""
    on = today()
    sides = sides_of_account(request.user, on)
    if not sides:
        raise refusal_of(Act.CONFIRM_LINKS)
    units = StudyUnit.objects.filter(shown_periods(on).units()).with_period().in_printed_order()
    form = ClaimForm(sides, list(units), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = claim(form.link(get_language()), form.side.sector, said_by=form.side.said_by, by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            claimed = _("The link is on record as claimed by your side. The other side is told.")
            messages.success(request, claimed if len(found.sides) > 1 else _("The link is on record."))
            return HttpResponseRedirect(reverse("workspace:link", args=[found.pk]))
    return render(request, "workspace/claim.html", {"form": form, "sides": sides})
