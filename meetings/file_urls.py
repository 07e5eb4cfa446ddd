"""Addresses of the files of documents, the same in every language: outside the language prefix."""

from django.urls import path

from meetings import views

urlpatterns = [
    path("documents/<slug:slug>/<slug:language>.<slug:kind>", views.document_file, name="document-file"),
]
