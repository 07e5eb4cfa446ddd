"""Which resource handles which model, and the rights to import and to export it: `members.import_person`.

The apps declare their resources in `resources.py`.
"""

from functools import cache

from django.apps import apps
from django.contrib.auth import get_permission_codename
from django.utils.module_loading import autodiscover_modules

RIGHTS = ("import", "export")
_RESOURCES = {}


def handles(model, *key):
    """Class decorator: this resource imports and exports the model (a class).

    `key` are the columns by which a row of a file finds its record.
    """

    def register(resource):
        resource._meta.model, resource._meta.import_id_fields = model, key
        _RESOURCES[model._meta.label_lower] = resource
        return resource

    return register


def all_resources():
    """Every resource by its model's label, as in "members.person"."""
    _read_resources()
    return dict(_RESOURCES)


@cache
def _read_resources():
    """Once: most apps have none, and to look for a module that is not there takes longest."""
    autodiscover_modules("resources")


def resource_for(model):
    """The resource of a model, given as a class or as a name: "members.person", "person" or "Person".

    Errors: LookupError with a sentence that names the models there are.
    """
    resources = all_resources()
    if not isinstance(model, str):
        model = model._meta.label_lower
    names = {label: label for label in resources} | {label.split(".")[1]: label for label in resources}
    label = names.get(model.strip().lower().replace("_", "").replace("-", ""))
    if label is None:
        known = ", ".join(sorted(apps.get_model(label)._meta.object_name for label in resources))
        raise LookupError(f"“{model}” cannot be imported. These can: {known}.")
    return resources[label]


def make_permissions(sender, using, **kwargs):
    """After `migrate`: the rights on the tables of an app that can be imported."""
    from django.contrib.auth.models import Permission
    from django.contrib.contenttypes.management import create_contenttypes
    from django.contrib.contenttypes.models import ContentType

    models = [resource.model() for resource in all_resources().values()]
    models = [model for model in models if model._meta.app_config is sender]
    if models:
        create_contenttypes(sender, using=using, verbosity=0)
    for model in models:
        content_type = ContentType.objects.db_manager(using).get_for_model(model)
        for right in RIGHTS:
            Permission.objects.using(using).get_or_create(
                codename=get_permission_codename(right, model._meta),
                content_type=content_type,
                defaults={"name": f"Can {right} {model._meta.verbose_name_plural}"},
            )
