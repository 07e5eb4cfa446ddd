"""Addresses of a page, of its files (with .json, .csv or .xlsx instead of the last “/”), and of records."""

from functools import cache

from django.urls import path, register_converter, reverse
from django.utils.translation import get_language

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
