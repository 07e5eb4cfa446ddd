"""Registers what the ISCG coordinates with Django."""

from django.apps import AppConfig


class SubjectsConfig(AppConfig):
    name = "subjects"
    verbose_name = "Subjects"
