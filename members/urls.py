"""Addresses of the public pages of `members`."""

app_name = "members"
urlpatterns = []
