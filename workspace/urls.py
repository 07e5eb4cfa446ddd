"""Addresses of the workspace, under the language prefix."""

from django.urls import path

from workspace import confirm_views, proposal_views, views

app_name = "workspace"
urlpatterns = [
    path("workspace/", views.workspace, name="workspace"),
    path("workspace/subjects/<slug:slug>/", proposal_views.subject, name="subject"),
    path("workspace/proposals/<int:pk>/withdraw/", proposal_views.withdraw_proposal, name="withdraw-proposal"),
    path("confirm/<str:token>/", confirm_views.confirm, name="confirm"),
]
