"""Addresses of the public pages of `studies`."""

from django.urls import path

from iscg_portal.tables import page_and_file
from studies.pages.activities import activity_clashes, activity_detail, activity_list
from studies.pages.activity_calendar import activity_calendar, calendar
from studies.pages.activity_year import activity_year
from studies.pages.mapping import PAIRS, mapping, page_of, sheet_of
from studies.pages.units import ending_list, unit_detail, unit_list

app_name = "studies"
urlpatterns = [
    *page_and_file("mapping/", mapping, name="mapping"),
    *(
        address
        for code, pair in PAIRS.items()
        for address in page_and_file(f"mapping/{code}/", page_of(pair), name=f"mapping-{code}")
    ),
    *page_and_file("activities/", activity_list, name="activity-list"),
    path("activities.ics", calendar, name="calendar"),
    path("activities/clashes/", activity_clashes, name="activity-clashes"),
    path("activities/year/<int:year>/", activity_year, name="activity-year"),
    path("activities/<slug:code>/", activity_detail, name="activity-detail"),
    path("activities/<slug:code>.ics", activity_calendar, name="activity-calendar"),
    *(path(f"mapping/{code}/table.xlsx", sheet_of(pair), name=f"mapping-{code}-sheet") for code, pair in PAIRS.items()),
    *page_and_file("units/", unit_list, name="unit-list"),
    *page_and_file("units/endings/", ending_list, name="ending-list"),
    path("units/<slug:slug>/", unit_detail, name="unit-detail"),
]
