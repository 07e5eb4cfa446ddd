"""Addresses of meetings and documents, under the language prefix."""

from django.urls import path

from iscg_portal.tables import page_and_file
from meetings.pages.calendar import calendar, meeting_calendar
from meetings.pages.decisions import decision_list
from meetings.pages.documents import document_detail, document_list, withheld_list
from meetings.pages.files import meeting_files
from meetings.pages.liaison_statements import liaison_list
from meetings.pages.meeting_year import meeting_year
from meetings.pages.meetings import meeting_detail, meeting_list

app_name = "meetings"
urlpatterns = [
    *page_and_file("meetings/", meeting_list, "meeting-list"),
    path("meetings.ics", calendar, name="calendar"),
    path("meetings/year/<int:year>/", meeting_year, name="meeting-year"),
    path("meetings/<slug:code>/", meeting_detail, name="meeting-detail"),
    path("meetings/<slug:code>.ics", meeting_calendar, name="meeting-calendar"),
    path("meetings/<slug:code>.zip", meeting_files, name="meeting-files"),
    *page_and_file("documents/", document_list, "document-list"),
    *page_and_file("documents/withheld/", withheld_list, "withheld-list"),
    *page_and_file("decisions/", decision_list, "decision-list"),
    *page_and_file("liaison-statements/", liaison_list, "liaison-list"),
    path("documents/<slug:slug>/", document_detail, name="document-detail"),
]
