"""Addresses of the public pages of `studies`."""

from django.urls import path

from iscg_portal.tables import page_and_file
from studies.pages.mapping import PAIRS, mapping, page_of
from studies.pages.unit_page import unit_detail

app_name = "studies"
urlpatterns = [
    *page_and_file("mapping/", mapping, name="mapping"),
    *(
        address
        for code, pair in PAIRS.items()
        for address in page_and_file(f"mapping/{code}/", page_of(pair), name=f"mapping-{code}")
    ),
    path("units/<slug:slug>/", unit_detail, name="unit-detail"),
]
