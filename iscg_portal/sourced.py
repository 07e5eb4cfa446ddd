"""Where a fact comes from (rule 8): every shipped fact has a source, and says when it is indicative."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sourced(models.Model):
    """Mixin for models whose data may be shipped."""

    source = models.CharField(
        _("source"),
        max_length=500,
        blank=True,
        help_text=_("Where this fact stands: a document's number or a web address."),
    )
    indicative = models.BooleanField(
        _("indicative"),
        default=False,
        help_text=_("Not taken from an official list; pages say so until this is unticked."),
    )

    class Meta:
        abstract = True
