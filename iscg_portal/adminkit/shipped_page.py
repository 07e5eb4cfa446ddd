"""The page on which staff take over corrections of shipped facts, one by one (rule 8)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from iscg_portal import shipped_corrections as corrections
from iscg_portal.adminkit.admin_rights import right
from iscg_portal.adminkit.history import value_in_words
from iscg_portal.adminkit.site import admin_address, desk_page
from iscg_portal.tenure.constraints import sentence_for

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def shipped_corrections(request):
    """What stands on record and what the corrected source says, with a button for each and one to put it off."""
    if request.method == "POST":
        _act(request, request.POST.get("key", ""))
        return HttpResponseRedirect(f"{request.path}?p={request.GET.get('p', '1')}")
    allowed = [one for one in corrections.waiting() if _may_change(request.user, one.model)]
    page = Paginator(allowed, PER_PAGE).get_page(request.GET.get("p"))
    corrections.settle(page.object_list)
    context = {
        "title": _("Corrections of the shipped facts"),
        "page": page,
        "corrections": [_shown(one) for one in page.object_list if one.comparison],
    }
    return desk_page(request, "admin/shipped_corrections.html", **context)


def _may_change(account, model):
    return account.has_perm(right("change", model))


def _act(request, key):
    """Take the correction over, or put it off; what came of it is a message."""
    try:
        if not _may_change(request.user, corrections.find(key).model):
            raise PermissionDenied
        if "not_now" in request.POST:
            done = corrections.put_off(key)
            said = _("“%(record)s” stays as it is. The correction waits at the end of this list.")
        else:
            done = corrections.take_over(key, by=request.user)
            said = _("“%(record)s” now says what the corrected source says.")
        messages.success(request, said % {"record": done.record})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except IntegrityError as error:
        messages.error(request, str(sentence_for(error)))


def _shown(correction):
    """What the page prints of a correction."""
    record = correction.record
    pairs = [
        (
            capfirst(one.verbose_name),
            value_in_words(one, stands),
            value_in_words(one, now),
        )
        for one, stands, now in correction.fields
    ]
    return {
        "key": correction.key,
        "kind": capfirst(record._meta.verbose_name),
        "name": str(record),
        "url": admin_address(type(record), record.pk),
        "pairs": pairs,
        "source": getattr(correction.comparison.wanted, "source", ""),
        "put_off": correction.put_off,
        "is_untouched": correction.is_untouched,
    }
