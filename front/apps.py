"""Registers the reader's first pages with Django."""

from django.apps import AppConfig


class FrontConfig(AppConfig):
    name = "front"
    verbose_name = "Front"
