"""Which resource handles which model. The apps declare theirs in `resources.py`."""

from django.apps import apps
from django.utils.module_loading import autodiscover_modules

_RESOURCES = {}


def handles(model):
    """Class decorator: this resource imports and exports the model (a class)."""

    def register(resource):
        _RESOURCES[model._meta.label_lower] = resource
        return resource

    return register


def all_resources():
    """Every resource by its model's label, as in "members.person"."""
    autodiscover_modules("resources")
    return dict(_RESOURCES)


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
