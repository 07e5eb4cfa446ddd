"""Addresses for rows: one look-up a page instead of one a row."""

from django.urls import reverse


def url_base(name):
    """The part of an address before its slug, in the page's language: `/en/people/` for `members:person-detail`."""
    return reverse(name, args=["-"]).removesuffix("-/")
