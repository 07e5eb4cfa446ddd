"""Addresses of the public pages of `subjects`."""

app_name = "subjects"
urlpatterns = []
