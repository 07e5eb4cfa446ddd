"""Addresses of a page, of its files (with .json, .csv or .xlsx instead of the last “/”) and of records; what they ask.

A value that is not offered is refused with a sentence. Parameters that a page does not know lead to its address without
them (`takes` in web/public_page.py).
"""

from functools import cache
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import Http404
from django.urls import path, register_converter, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iscg_portal.languages import in_a_row

FORMATS = ("json", "csv", "xlsx")


class FileFormat:
    """`<file_format:format>` in a path."""

    regex = "|".join(FORMATS)

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(FileFormat, "file_format")


def page_and_file(route, view, name):
    """Two addresses: the page at `route` and its files, named `name` and `name`-file.

    The view takes `format`: None for the page. A route such as "composition/" must not be empty.
    """
    return [
        path(route, view, name=name),
        path(f"{route.rstrip('/')}.<file_format:format>", view, name=f"{name}-file"),
    ]


def record_address(name, key) -> str:
    """The address of a record's page in the active language; the pattern called `name` ends in the key and a “/”.

    As `reverse`, but looked up once for each language: a list has a link in each row.
    """
    return f"{_before_key(name, get_language())}{key}/"


@cache
def _before_key(name, _language):
    return reverse(name, args=["-"]).removesuffix("-/")


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
        offered = in_a_row(str(value) for value in list(allowed)[:SHOWN_VALUES])
        message = _("“%(value)s” is not a value of “%(name)s”; it can be one of: %(offered)s.")
        raise BadRequest(message % {"value": values[0][:40], "name": name, "offered": offered})
    return values[0]


def read_page(request, paginator):
    """The page that the address asks for, the first if it asks for none. Http404 where there is no such page."""
    values = request.GET.getlist("page") or ["1"]
    text = values[0] if len(values) == 1 else ""
    number = int(text) if text.isascii() and text.isdigit() and text[0] != "0" and len(text) < 10 else 0
    if not 1 <= number <= paginator.num_pages:
        raise Http404(_("This list has %(count)d pages; there is no other.") % {"count": paginator.num_pages})
    return paginator.page(number)


def query_without(request, *dropped):
    """The query of the address without some parameters, encoded, ending in “&” where there is any."""
    pairs = [(name, value) for name, values in request.GET.lists() if name not in dropped for value in values]
    return f"{urlencode(pairs)}&" if pairs else ""
