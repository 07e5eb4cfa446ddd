"""Registers the fields that are kept in six languages, as each model names them, and the history of those models.

`modeltranslation` reads this module once all models are there.
"""

from django.apps import apps
from modeltranslation.translator import translator

from iscg_portal.history import track_translated
from iscg_portal.translated import Translated

for model in apps.get_models():
    if issubclass(model, Translated):
        translator.register(model, fields=model.TRANSLATED)
        track_translated(model)
