"""What an address asks of a table: filters, order, page.

A value that is not offered is refused with a sentence. Parameters that the portal does not know are ignored:
mail programs and other sites add theirs to links, and such a link must still lead to the page.
"""

from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import Http404
from django.utils.translation import gettext as _

SHOWN_VALUES = 12  # of a filter's values, in the sentence that refuses another


def read_choice(request, name, allowed, default=""):
    """The parameter if it is one of `allowed`; blank or absent gives `default`.

    Errors: BadRequest with a sentence for any other value, or when given twice.
    """
    values = request.GET.getlist(name)
    if len(values) > 1:
        raise BadRequest(_("The address gives “%(name)s” more than once.") % {"name": name})
    if not values or not values[0]:
        return default
    if values[0] not in allowed:
        offered = ", ".join(str(value) for value in list(allowed)[:SHOWN_VALUES])
        message = _("“%(value)s” is not a value of “%(name)s”; it can be one of: %(offered)s.")
        raise BadRequest(message % {"value": values[0][:40], "name": name, "offered": offered})
    return values[0]


def read_page(request, paginator):
    """The page that the address asks for, the first if it asks for none. Http404 where there is no such page."""
    values = request.GET.getlist("page") or ["1"]
    text = values[0] if len(values) == 1 else ""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if not 1 <= number <= paginator.num_pages:
        raise Http404(_("This list has %(count)d pages; there is no other.") % {"count": paginator.num_pages})
    return paginator.page(number)


def query_without(request, *dropped):
    """The query of the address without some parameters, encoded, ending in “&” where there is any."""
    pairs = [(name, value) for name, values in request.GET.lists() if name not in dropped for value in values]
    return f"{urlencode(pairs)}&" if pairs else ""
