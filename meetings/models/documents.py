"""The register of documents: a number for ever, revisions as ITU writes them, and who may see what."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iscg_portal.given_once import GivenOnce
from iscg_portal.personal_addresses import no_personal_address
from iscg_portal.sourced import Sourced
from iscg_portal.tables.addresses import record_address
from iscg_portal.tenure.dates import FIRST_DAY, today
from iscg_portal.tenure.day_field import DayField
from iscg_portal.text_fields import LineField, LongTextField, WebAddressField
from iscg_portal.translated import Translated
from iscg_portal.visibility import PublicQuerySet
from meetings import numbers
from meetings.models.meeting_parts import AgendaItem
from meetings.models.meetings import Meeting
from meetings.models.register_numbers import RegisterNumber
from subjects.models import Subject


def sees_every_document(user):
    """Whether the user is of the staff with the right to see drafts and restricted documents."""
    return user.is_active and user.is_staff and user.has_perm("meetings.view_document")


class DocumentQuerySet(PublicQuerySet):
    """Questions about documents."""

    def visible_to(self, user):
        """The documents that the user may see (rule 5): the public ones; all of them for staff with the right."""
        return self if sees_every_document(user) else self.filter(visibility=Document.Visibility.PUBLIC)

    def withheld(self):
        """Restricted documents of which staff tell the public why: number and reason may be read, nothing else."""
        # No other has a reason; in the indexes that begin with `visibility` the restricted ones follow the public ones.
        return self.filter(visibility__gt=Document.Visibility.PUBLIC).exclude(withheld_because="")

    def with_public_files(self):
        """The documents, each with the list `public_files` of the files that anyone may have."""
        return self.prefetch_related(self.public_files())

    def public_files(self):
        """What brings each document the list `public_files`."""
        files = self.model._meta.get_field("files").related_model.objects.public()
        return models.Prefetch("files", files, to_attr="public_files")

    def in_force(self):
        """Documents that are neither withdrawn nor drafts."""
        return self.filter(withdrawn_on__isnull=True).exclude(visibility=Document.Visibility.DRAFT)


class Document(Translated, Sourced):
    """A document, or a revision, corrigendum or addendum of one, as ITU writes them.

    The number is text as printed without the language letter: `ISCG/25-1/03`, `ISCG/25-1/03 (Rev.1)`,
    `ISCT-18/12`. It is entered by `meetings.acts.register`, and it and the address are set once. Public by default
    (decided 2018). Withdrawn with a reason; never deleted once public (rule 6).
    """

    TRANSLATED = ("title",)
    PRIVATE = ("note",)

    class Type(models.TextChoices):
        """What kind of document it is."""

        AGENDA = "agenda", _("agenda")
        CONTRIBUTION = "contribution", _("contribution")
        REPORT = "report", _("report")
        LIAISON = "liaison statement", _("liaison statement")
        INFORMATION = "information", _("information document")
        TEMPORARY = "temporary", _("temporary document")

    class Purpose(models.TextChoices):
        """The purpose, as the header prints it."""

        ADMIN = "Admin", _("Admin")
        INFORMATION = "Information", _("Information")
        DISCUSSION = "Discussion", _("Discussion")
        PROPOSAL = "Proposal", _("Proposal")

    class Visibility(models.TextChoices):
        """Who may see it."""

        PUBLIC = "public", _("everyone")
        RESTRICTED = "restricted", _("the secretariat (restricted)")
        DRAFT = "draft", _("the secretariat (draft)")

    class Variant(models.TextChoices):
        """How it changes the document it belongs to."""

        REVISION = "Rev", _("revision")
        CORRIGENDUM = "Corr", _("corrigendum")
        ADDENDUM = "Add", _("addendum")

    number = LineField(_("number"), max_length=60, unique=True, help_text=_("Given by the register."))
    slug = models.SlugField(_("web address"), max_length=80, unique=True, editable=False)
    sort_key = models.CharField(_("place in the register"), max_length=40, editable=False, db_index=True)
    register_number = models.OneToOneField(
        RegisterNumber, models.PROTECT, null=True, blank=True, editable=False, verbose_name=_("number of the register")
    )
    base = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="variants", verbose_name=_("belongs to")
    )
    variant = models.CharField(_("kind of variant"), max_length=4, choices=Variant, blank=True)
    variant_number = models.PositiveSmallIntegerField(_("number of the variant"), null=True, blank=True)
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="documents", verbose_name=_("meeting")
    )
    agenda_item = models.ForeignKey(
        AgendaItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("agenda item"),
        help_text=_("A point of this meeting's agenda."),
    )
    type = models.CharField(_("type"), max_length=17, choices=Type, default=Type.CONTRIBUTION)
    purpose = models.CharField(_("purpose"), max_length=11, choices=Purpose, blank=True)
    title = LineField(_("title"), max_length=400, validators=[no_personal_address])
    submitted_by = LineField(
        _("source"),
        max_length=300,
        blank=True,
        validators=[no_personal_address],
        help_text=_("As the header prints it: “Chair, ISCG”."),
    )
    contact_role = LineField(
        _("contact"),
        max_length=200,
        blank=True,
        validators=[no_personal_address],
        help_text=_("A role or its mailbox, as in iscg@itu.int; never a person's address."),
    )
    dated_on = DayField(_("date"), null=True, blank=True)
    subjects = models.ManyToManyField(
        Subject, through="DocumentSubject", blank=True, related_name="documents", verbose_name=_("subjects")
    )
    visibility = models.CharField(
        _("seen by"), max_length=10, choices=Visibility, default=Visibility.PUBLIC, db_index=True
    )
    withheld_because = LineField(
        _("withheld because"),
        max_length=500,
        blank=True,
        validators=[no_personal_address],
        help_text=_(
            "Public, of a restricted document: its meeting then names the number, this reason and how to ask for it."
            " Blank: the public is not told that it exists."
        ),
    )
    withdrawn_on = DayField(_("withdrawn on"), null=True, blank=True, has_happened=True)
    withdrawn_because = LineField(_("withdrawn because"), max_length=500, blank=True)
    itu_url = WebAddressField(
        _("address at the Union"),
        blank=True,
        max_length=500,
        help_text=_("Where the Union’s own website has the document, if it does."),
    )
    note = LongTextField(_("note"), blank=True, help_text=_("For staff; never public."))

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-sort_key"]
        constraints = [
            models.CheckConstraint(
                name="meetings_document_variant_whole",
                condition=Q(base__isnull=True, variant="", variant_number__isnull=True)
                | (Q(base__isnull=False, register_number__isnull=True, variant_number__gte=1) & ~Q(variant="")),
                violation_error_message=_("A revision, corrigendum or addendum needs its document and its own number."),
            ),
            GivenOnce(
                name="meetings_document_number_given_once",
                field="number",
                others=["reports.AnnualReport"],
                violation_error_message=_("This number was given to something else: the register gives each once."),
            ),
            models.CheckConstraint(
                name="meetings_document_not_its_own_base",
                condition=Q(base__isnull=True) | ~Q(base=F("id")),
                violation_error_message=_("A document cannot belong to itself."),
            ),
            models.UniqueConstraint(
                name="meetings_document_variant_once",
                fields=["base", "variant", "variant_number"],
                violation_error_message=_(
                    "This document already has a revision, corrigendum or addendum with this number."
                ),
            ),
            models.CheckConstraint(
                name="meetings_document_only_restricted_withheld",
                condition=Q(withheld_because="") | Q(visibility="restricted"),
                violation_error_message=_(
                    "Only a restricted document is withheld: take out the reason, or let only the secretariat see it."
                ),
            ),
            models.CheckConstraint(
                name="meetings_document_withdrawn_with_reason",
                condition=Q(withdrawn_on__isnull=True, withdrawn_because="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_because="")),
                violation_error_message=_(
                    "A withdrawn document needs a day and a reason; other documents have neither."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["visibility", "grade"], name="meetings_document_grade"),
            models.Index(fields=["meeting", "sort_key"], name="meetings_document_meeting"),
            models.Index(fields=["visibility", "sort_key", "id"], name="meetings_document_by_number"),
            models.Index(fields=["visibility", "type", "sort_key", "id"], name="meetings_document_by_type"),
            models.Index(fields=["visibility", "dated_on", "sort_key", "id"], name="meetings_document_by_date"),
            models.Index(fields=["id"], name="meetings_document_not_public", condition=~Q(visibility="public")),
            models.Index(
                fields=["withdrawn_on"],
                condition=Q(withdrawn_on__isnull=False),
                name="meetings_document_withdrawn",
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return record_address("meetings:document-detail", self.slug)

    @property
    def is_out(self):
        """Whether it is published, so that what was done with it cannot be undone (rule 18)."""
        return self.visibility == self.Visibility.PUBLIC

    @property
    def public_base(self):
        """The document of which this is a revision, corrigendum or addendum, where everyone may see it; else None."""
        return self.base if self.base_id and self.base.visibility == self.Visibility.PUBLIC else None

    @property
    def letters(self):
        """(letter, file or None) for each of the six languages, of a document `with_public_files`; () without any."""
        found = {file.language: file for file in self.public_files}
        return [(letter, found.get(code)) for code, letter in numbers.LANGUAGE_LETTERS.items()] if found else ()

    @property
    def variants_in_order(self):
        """(("Add", 1), ("Rev", 2)) of an addendum's second revision; nothing for a document itself."""
        own = ((self.variant, self.variant_number),) if self.base_id else ()
        return (*(self.base.variants_in_order if self.base_id else ()), *own)

    @property
    def bare_number(self):
        """The number without what is written behind it for a revision, corrigendum or addendum."""
        return self.base.bare_number if self.base_id else self.number

    def clean_fields(self, exclude=None):
        """Number, web address and place follow from the document."""
        self.place_in_register()
        super().clean_fields(exclude=exclude)

    def place_in_register(self):
        """Write the number in its one form, make the web address once, and find the place in the register.

        Errors: ValidationError at the number.
        """
        if self.base_id and not (self.variant and self.variant_number):
            return  # the constraint says what is missing
        if self.base_id:
            self.number = numbers.print_number(self.base.number, [(self.variant, self.variant_number)])
        elif self.number:
            self.number = self._read_number()
        if self.number:
            self.slug = self.slug or numbers.address_of(self.number)
            self.sort_key = numbers.sort_key(self.bare_number, self.original.dated_on, self.variants_in_order)

    def _read_number(self):
        try:
            printed = numbers.read_number(self.number)
        except ValidationError as error:
            raise ValidationError({"number": error.messages}) from error
        if printed.variants:
            raise ValidationError({"number": _("Enter the document itself first, then this as its revision.")})
        return printed.bare

    @property
    def original(self):
        """The document itself, of which this is a revision, corrigendum or addendum; itself where it is none."""
        return self.base.original if self.base_id else self

    def clean(self):
        """Agenda item and number belong to this meeting; number and web address are never changed."""
        if self.agenda_item_id and self.agenda_item.meeting_id != self.meeting_id:
            raise ValidationError({"agenda_item": _("This item is on the agenda of another meeting.")})
        if self.dated_on and self.dated_on > max(today(), self.meeting.last_day if self.meeting_id else FIRST_DAY):
            raise ValidationError({"dated_on": _("This day has not come yet, and its meeting is earlier.")})
        if self.register_number_id and self.register_number.meeting_id != self.meeting_id:
            code = {"code": self.register_number.meeting.code}
            raise ValidationError({"meeting": _("This number belongs to the meeting %(code)s.") % code})
        if self.variant == self.Variant.REVISION and self.base.variant == self.Variant.REVISION:
            raise ValidationError({"base": _("A revision is not revised: enter the next revision of its document.")})
        if self.base_id and self.base.base_id and self.base.base.base_id:
            raise ValidationError(
                {"base": _("This is one level too deep: choose the document itself, or its addendum or corrigendum.")}
            )
        if self.pk and self.type != self.Type.LIAISON and hasattr(self, "liaison"):
            message = _("It has addressees or a deadline: remove them first, or keep the type “liaison statement”.")
            raise ValidationError({"type": message})
        stored = type(self).objects.filter(pk=self.pk).values_list("number", "slug").first() if self.pk else None
        if stored and stored != (self.number, self.slug):
            raise ValidationError({"number": _("The number of a document is set once and cannot be changed.")})
