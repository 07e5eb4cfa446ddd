"""Addresses of the public pages of `front`. The sitemap, which belongs to no language, has its own."""

from django.urls import path

from front import views

app_name = "front"
urlpatterns = [
    path("", views.home, name="home"),
    path("contact/", views.contact, name="contact"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("data/", views.data, name="data"),
]
