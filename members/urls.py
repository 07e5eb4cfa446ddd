"""Addresses of the public pages of `members`."""

from django.urls import path

from iscg_portal.tables import page_and_file
from members.pages.composition import composition_card, composition_history, composition_page, composition_sheet
from members.pages.person import person_data, person_detail

app_name = "members"
urlpatterns = [
    *page_and_file("composition/", composition_page, name="composition"),
    *page_and_file("composition/history/", composition_history, name="composition-history"),
    path("composition.pdf", composition_sheet, name="composition-sheet"),
    path("composition.png", composition_card, name="composition-card"),
    path("people/<slug:slug>.json", person_data, name="person-data"),
    path("people/<slug:slug>/", person_detail, name="person-detail"),
]
