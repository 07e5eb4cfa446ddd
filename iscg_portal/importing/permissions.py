"""The rights to import and to export, one each for every table: `members.import_person`, `members.export_person`."""

from django.contrib.auth import get_permission_codename

RIGHTS = ("import", "export")


def may(account, right, model):
    """Whether the account has the right ("import" or "export") on a model."""
    return account.has_perm(f"{model._meta.app_label}.{get_permission_codename(right, model._meta)}")


def make_permissions(sender, using, **kwargs):
    """After `migrate`: the rights on the tables of an app that can be imported."""
    from django.contrib.auth.models import Permission
    from django.contrib.contenttypes.management import create_contenttypes
    from django.contrib.contenttypes.models import ContentType

    from iscg_portal.importing.registry import all_resources

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
