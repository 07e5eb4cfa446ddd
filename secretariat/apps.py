"""Registers the secretariat's desk with Django."""

from django.apps import AppConfig


class SecretariatConfig(AppConfig):
    name = "secretariat"
    verbose_name = "Secretariat"
