"""Addresses of a page and of its files: the same path with .json, .csv or .xlsx instead of the last “/”."""

from django.urls import path, register_converter

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
