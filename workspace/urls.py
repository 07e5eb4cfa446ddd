"""Addresses of the workspace, under the language prefix."""

from django.urls import path

from workspace import invitation_views, join_views, transmission_views, views

app_name = "workspace"
urlpatterns = [
    path("workspace/", views.workspace, name="workspace"),
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
