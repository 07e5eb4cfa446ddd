"""Addresses of `front` that belong to no language."""

from django.urls import path

from front.sitemaps import sitemap

urlpatterns = [path("sitemap.xml", sitemap, name="sitemap")]
