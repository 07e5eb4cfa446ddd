"""Addresses of the workspace, under the language prefix."""

from django.urls import path

from workspace import (
    confirm_views,
    draft_views,
    follow_views,
    invitation_views,
    join_views,
    own_account_views,
    proposal_views,
    transmission_views,
    views,
)

app_name = "workspace"
urlpatterns = [
    path("workspace/", views.workspace, name="workspace"),
    path("workspace/subjects/<slug:slug>/", proposal_views.subject, name="subject"),
    path("workspace/proposals/<int:pk>/withdraw/", proposal_views.withdraw_proposal, name="withdraw-proposal"),
    path("confirm/<str:token>/", confirm_views.confirm, name="confirm"),
    path("workspace/my-data/", own_account_views.my_data, name="my-data"),
    path("workspace/my-data.json", own_account_views.my_data_file, name="my-data-file"),
    path("workspace/close-account/", own_account_views.close_account, name="close-account"),
    path("workspace/colleagues/", views.colleagues, name="colleagues"),
    path("workspace/participation/", own_account_views.participation, name="participation"),
    path("follow/", follow_views.follow, name="follow"),
    path("follow/asked/", follow_views.asked, name="follow-asked"),
    path("follow/confirm/<str:token>/", follow_views.confirm, name="follow-confirm"),
    path("follow/stop/<str:token>/", follow_views.stop, name="follow-stop"),
    path("workspace/reports/<slug:subject>/<slug:meeting>/", draft_views.report_draft, name="report-draft"),
    path("workspace/transmissions/<int:pk>/", transmission_views.transmission, name="transmission"),
    path("workspace/transmissions/<int:pk>/noted/", transmission_views.transmission_noted, name="transmission-noted"),
    path(
        "workspace/transmissions/<int:pk>/files/<int:file>/",
        transmission_views.transmission_file,
        name="transmission-file",
    ),
    path("invitation/<str:token>/", invitation_views.invitation, name="invitation"),
    path("join/", join_views.join, name="join"),
    path("join/asked/", join_views.join_asked, name="join-asked"),
    path("join/<str:token>/", join_views.join_confirm, name="join-confirm"),
]
