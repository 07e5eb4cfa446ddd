"""The advisory groups, their seats, the conferences, and the day the Terms of Reference take effect."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Concat, JSONObject
from django.utils.functional import lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from iscg_portal.bodies import Bureau, ConferenceBody, GroupCode, Sector
from iscg_portal.fixed_terms import body_in_words, initials, with_initials
from iscg_portal.history import tracked
from iscg_portal.honorifics import in_forms, of_holder
from iscg_portal.languages import with_commas
from iscg_portal.personal_addresses import of_a_role
from iscg_portal.sourced import Sourced
from iscg_portal.tenure.completeness import RecordKeeper
from iscg_portal.tenure.dates import print_date
from iscg_portal.tenure.day_field import DayField
from iscg_portal.text_fields import LineField, LongTextField, MailAddressField, WebAddressField
from iscg_portal.translated import TextShown, Translated
from iscg_portal.visibility import PublicQuerySet

CHAIR = "CHAIR"


def group_of(seat_code) -> str:
    """“RAG” for RAG1; empty for the Chair's. The numbers of seats are internal."""
    return "" if seat_code == CHAIR else seat_code[:-1]


def name_of_group(code, recorded):
    """The recorded name where it is in the page's language, else the portal's own, which all six languages have."""
    return recorded if recorded and not recorded.lang else TextShown(GroupCode(code).label)


class OfSeat:
    """What anything with a `seat_id` can say of its seat without reading it."""

    @property
    def group(self):
        """The code of the advisory group; empty for the Chair's seat."""
        return group_of(self.seat_id)

    @property
    def sector(self):
        """The letter of the group's Sector; empty for the Chair's seat."""
        return GroupCode(self.group).sector if self.group else ""

    @property
    def seat_name(self):
        """“RAG”, or “Chair” as its holder is called."""
        return initials(self.group) if self.group else of_holder(in_forms("Chair"), self._called)

    @property
    def office_name(self):
        """“Representative of RAG”, or “Chair”, as its holder is called."""
        if not self.group:
            return self.seat_name
        office = of_holder(in_forms("Representative of %(group)s"), self._called)
        return office % {"group": body_in_words(self.group)}

    @property
    def _called(self):
        """The holder with the honorific, where there is one."""
        return getattr(self, "printed_name", "")


class AdvisoryGroup(Translated, Sourced):
    """RAG, TSAG or TDAG: appoints two representatives each, Coordinators and Focal Points (A0, C1)."""

    TRANSLATED = ("name",)
    PRIVATE = ("mailbox",)

    code = models.CharField(_("code"), max_length=4, primary_key=True, choices=GroupCode)
    name = LineField(_("name"), max_length=200)
    sector = models.CharField(_("Sector"), max_length=2, choices=Sector)
    bureau = models.CharField(_("Bureau"), max_length=3, choices=Bureau)
    url = WebAddressField(_("web address"), max_length=500, blank=True)
    mailbox = MailAddressField(
        _("mailbox of its secretariat"),
        blank=True,
        help_text=_("A role's mailbox, never a person's: annual reports are sent there. It is not public."),
    )
    mail_language = models.CharField(
        _("language of its secretariat"),
        max_length=7,
        choices=settings.LANGUAGES,
        default="en",
        help_text=_("Mails to the mailbox are written in it."),
    )

    objects = PublicQuerySet.as_manager()

    class Meta:
        verbose_name = _("advisory group")
        verbose_name_plural = _("advisory groups")
        ordering = ["code"]

    def __str__(self):
        return initials(self.code)

    def clean(self):
        """What is sent there is judged where the mailbox is entered, and not first when it is sent."""
        super().clean()
        if self.mailbox:
            try:
                of_a_role(self.mailbox)
            except ValidationError as refused:
                raise ValidationError({"mailbox": refused}) from None

    @property
    def name_shown(self):
        """The name in the page's language, as a `TextShown`: as recorded, else as the portal names the group."""
        return name_of_group(self.code, self.text("name"))


class Seat(RecordKeeper, models.Model):
    """A seat in the management team: the Chair's, and two of each advisory group (clauses C1, C2).

    A seat exists even without a holder, since a vacancy is a fact. The numbers are internal.
    """

    code = LineField(_("code"), max_length=5, primary_key=True)
    group = models.ForeignKey(
        AdvisoryGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seats",
        verbose_name=_("advisory group"),
    )
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    recorded_from = DayField(
        _("record complete from"),
        null=True,
        blank=True,
        help_text=_(
            "From this day on the record of this seat has no holes: a day without a holder is a vacancy."
            " Before it, or while this is blank, such a day is “not recorded”."
        ),
    )

    objects = PublicQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="members_seat_code_names_it",
                condition=Q(code=CHAIR, group__isnull=True)
                | Q(code=Concat("group", Cast("number", models.CharField()))),
                violation_error_message=_("A seat's code is CHAIR, or its group and number, as in RAG1."),
            )
        ]

    def __str__(self):
        if self.group_id is None:
            return str(_("Chair"))
        return str(_("%(group)s, seat %(number)s") % {"group": initials(self.group_id), "number": self.number})

    def tenures(self):
        """The rows that say who held this seat."""
        return self.chairterm_set.all() if self.group_id is None else self.representative_set.all()


OF_UNANSWERED = ("code", "starts_on", "ends_on")


class ConferenceQuerySet(PublicQuerySet):
    """Questions about conferences."""

    def plenipotentiary(self):
        """The Plenipotentiary Conferences in their order, each with `has_new_chair`.

        A Chair's term is new where it follows the conference or begins after it, on whatever day.
        """
        terms = self.model._meta.get_field("chairterm").related_model.objects
        new = terms.filter(Q(follows=OuterRef("pk")) | Q(starts_on__gt=OuterRef("ends_on")))
        return self.filter(body=ConferenceBody.PP).annotate(has_new_chair=Exists(new)).order_by("starts_on")

    def last_unanswered(self, on):
        """In another query: the last one that was over by the day in a column of that, if it has no new Chair (C2).

        As JSON with its `code`, `starts_on` and `ends_on`; null where there is none.
        """
        last = self.plenipotentiary().filter(ends_on__lt=OuterRef(on), has_new_chair=False).order_by("-ends_on")
        said = JSONObject(**{name: name for name in OF_UNANSWERED})
        return Subquery(last.annotate(said=said).values("said")[:1])


class Conference(Translated, Sourced):
    """An assembly or conference; the interval between two PPs bounds a Chair's term (clause C2)."""

    TRANSLATED = ("name",)

    code = LineField(_("code"), max_length=10, unique=True, help_text=pgettext_lazy("code", "As in PP-22 or WTSA-24."))
    body = models.CharField(_("body"), max_length=4, choices=ConferenceBody)
    name = LineField(_("name"), max_length=200)
    place = LineField(_("place"), max_length=100, blank=True)
    starts_on = DayField(_("first day"))
    ends_on = DayField(_("last day"), help_text=_("The last day on which it sat."))

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="members_conference_end_not_before_start",
                condition=Q(ends_on__gte=models.F("starts_on")),
                violation_error_message=_("The last day cannot come before the first."),
            )
        ]

    def __str__(self):
        return with_initials(self.code)


PROPOSED_ON = datetime.date(2025, 1, 23)  # of Document ISCG/25-1/03
AS_PROPOSED = _("the Terms of Reference as proposed in ISCG/25-1/03")


def _printed(document, effective_on):
    names = {"document": document, "day": print_date(effective_on)}
    return gettext("the Terms of Reference in %(document)s, in effect from %(day)s") % names


_in_words = lazy(_printed, str)


class TermsOfReference(Sourced):
    """The day from which the Terms of Reference bind; clause C2 binds terms that start on or after it."""

    PRIVATE = ("note",)

    effective_on = DayField(_("in effect from"), unique=True)
    document = LineField(_("document"), max_length=200, help_text=_("The document that adopted them."))
    url = WebAddressField(_("link"), max_length=500, blank=True)
    note = LongTextField(_("note"), blank=True)

    objects = PublicQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("Terms of Reference in effect")
        verbose_name_plural = _("Terms of Reference in effect")
        ordering = ["-effective_on"]

    def __str__(self):
        return with_commas([self.document, print_date(self.effective_on)])

    @classmethod
    def bind(cls, day):
        """Whether the Terms of Reference are in effect on the day."""
        return cls.objects.filter(effective_on__lte=day).exists()

    @classmethod
    def named_on(cls, day):
        """The text by which the portal judges the day: the one in effect, else the one proposed. One query."""
        return cls.known_on(day) or AS_PROPOSED

    @classmethod
    def known_on(cls, day):
        """The text that was there on the day: in effect, else proposed by then; blank where none is recorded.

        In the language in which it is printed: a report asks once for its six languages.
        """
        text = cls.objects.filter(effective_on__lte=day).first()
        if text is None:
            return AS_PROPOSED if day >= PROPOSED_ON else ""
        return _in_words(text.document, text.effective_on)
