"""Addresses of the public pages of `front`."""

app_name = "front"
urlpatterns = []
