"""Where a fact comes from, and how firm that is (rules 8 and 22): every fact has a source with its grade."""

import re
from operator import attrgetter
from urllib.parse import urlsplit

from django.db import models
from django.utils.encoding import force_str
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iscg_portal.codes import unbroken
from iscg_portal.fixed_terms.sources import in_language_html
from iscg_portal.languages import with_semicolons
from iscg_portal.tables.fields import Field
from iscg_portal.text_fields import LineField

WEB_ADDRESS = re.compile(r"(https?://[^\s<>\"]*[^\s<>\".,;:)])")


def source_html(source):
    """The source as a page prints it, in its language: web addresses as links by the name of their host."""
    parts = enumerate(WEB_ADDRESS.split(source))  # texts and addresses in turn
    return mark_safe("".join(_link(part) if place % 2 else unbroken(in_language_html(part)) for place, part in parts))


def source_cell(record):
    """The source of a fact, with the grade of its evidence in words."""
    source = source_html(record.source)
    parts = [source] if source else []
    parts += [format_html('<em class="grade">{}</em>', record.evidence)] if record.grade else []
    return mark_safe(" · ".join(parts))


def _link(address):
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return conditional_escape(address)
    return format_html('<a href="{}" rel="external">{}</a>', address, (host or address).removeprefix("www."))


SOURCED_FIELDS = [
    Field("source", _("where the fact stands: a document’s number or a web address"), attrgetter("source")),
    Field(
        "grade",
        _("what the source is: own document (of the Union), copy, secondary, inferred, general knowledge"),
        attrgetter("grade"),
    ),
    Field("indicative", _("yes where no source says it: inferred or general knowledge"), attrgetter("indicative")),
]


class Grade(models.TextChoices):
    """How firm the evidence of a fact is, the firmest first (rule 22). The values stand in files."""

    OWN_DOCUMENT = "own document", _("the Union’s own document")
    COPY = "copy", _("a copy of the Union’s document")
    SECONDARY = "secondary", _("a secondary source")
    INFERRED = "inferred", _("inferred")
    GENERAL_KNOWLEDGE = "general knowledge", _("general knowledge")


# What no source says: pages mark it as indicative.
INDICATIVE = (Grade.INFERRED, Grade.GENERAL_KNOWLEDGE)
LESS_THAN_A_COPY = (Grade.SECONDARY, *INDICATIVE)


class Sourced(models.Model):
    """Mixin for models whose data may be shipped. Where the grade is blank, it is not stated."""

    PRIVATE = ("seen_where",)

    source = LineField(
        _("source"),
        max_length=500,
        blank=True,
        help_text=_("Where this fact stands: a document's number or a web address. Of a copy, name the document."),
    )
    grade = models.CharField(
        _("evidence"),
        max_length=20,
        choices=Grade,
        blank=True,
        help_text=_(
            "What the source is. What is inferred or general knowledge is shown as indicative, not the official list."
        ),
    )
    seen_where = LineField(
        _("where the copy was seen"),
        max_length=500,
        blank=True,
        help_text=_("Of a copy: its web address. For staff; never public."),
    )

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field):
        # What every `get_..._display` calls; Django's own translates all choices for each word that is shown.
        value = getattr(self, field.attname)
        return force_str(dict(field.flatchoices).get(value, value), strings_only=True)

    @property
    def indicative(self):
        """Whether no source says this fact."""
        return self.grade in INDICATIVE

    @property
    def doubt(self):
        """The grade in a word or two, for lists: blank for a document of the Union, its copy, and where not stated."""
        word = self.get_grade_display() if self.grade in LESS_THAN_A_COPY else ""
        return gettext("indicative: %(grade)s") % {"grade": word} if self.indicative else word

    @property
    def evidence(self):
        """The grade in words; where no source says the fact, also that it is not official."""
        words = self.get_grade_display()
        return with_semicolons([words, gettext("indicative, not the official list") if self.indicative else ""])
