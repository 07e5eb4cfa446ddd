"""Proposed corrections, and the one-time links by which office holders confirm their entry before a meeting."""

import re
from collections import defaultdict
from contextlib import suppress

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iscg_portal.bodies import Sector
from iscg_portal.history import tracked
from iscg_portal.languages import LANGUAGE_NAMES, in_a_row, with_colon, with_commas
from iscg_portal.mail.one_time import digest_of
from iscg_portal.tenure.dates import parse_date, print_date, today
from iscg_portal.tenure.day_field import DayField
from iscg_portal.tenure.typed_dates import read_date
from iscg_portal.text_fields import LineField, LongTextField
from meetings.models import Meeting
from members.models import Account, Person
from studies.models import Activity, Interest
from studies.models.activity_words import REGION_LABELS
from subjects.models import Subject
from workspace.decided import Decided, DecidedQuerySet, decided_once


class ProposalQuerySet(DecidedQuerySet):
    """Questions about proposed corrections."""

    def newest_of(self, person, most, **only):
        """What a person proposed last, the newest first, each with its fields as `rows`.

        One query, and one more for each kind of office that it is about.
        """
        newest = self.filter(person=person, **only).order_by("-pk").values("pk")[:most]
        rows = ProposedChange.objects.filter(proposal__in=newest).select_related(
            "proposal__subject", "proposal__activity"
        )
        found = {}
        for row in rows.order_by("-proposal_id", "pk"):
            found.setdefault(row.proposal_id, (row.proposal, []))[1].append(row)
        for proposal, its in found.values():
            proposal.rows = its
        read_terms([row for _proposal, its in found.values() for row in its])
        return [proposal for proposal, _rows in found.values()]


class Proposal(Decided):
    """What a person proposes about a subject, or, where no subject is named, about his or her own entry.

    It is written into the record once staff accept it. It is decided once, and its content never changes.
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("waiting")
        ACCEPTED = "accepted", pgettext_lazy("correction", "accepted")
        PARTLY = "partly", _("partly accepted")
        REFUSED = "refused", pgettext_lazy("correction", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("correction", "withdrawn")

    person = models.ForeignKey(Person, models.PROTECT, related_name="proposals", verbose_name=_("proposed by"))
    account = models.ForeignKey(
        Account,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("account"),
        help_text=_("Blank if it came through a one-time link."),
    )
    subject = models.ForeignKey(
        Subject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("subject"),
        help_text=_("Blank if it is about the person's own entry."),
    )
    why = LongTextField(_("why"), max_length=1000, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    left_out = models.JSONField(default=list, blank=True, editable=False)  # keys of the parts that were not accepted
    activity = models.ForeignKey(
        Activity,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("activity that came of it"),
    )

    objects = ProposalQuerySet.as_manager()
    history = tracked()

    class Meta:
        verbose_name = _("proposed correction")
        verbose_name_plural = _("proposed corrections")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "made_at"], name="workspace_proposal_state")]
        constraints = decided_once(
            "workspace_proposal",
            moment=_("Only a decided proposal has the time of a decision."),
            because=_("Say why it is refused: the answer goes to the person who proposed it."),
        )

    def __str__(self):
        return with_colon(self.person, self.subject.code if self.subject_id else _("own entry"))

    @property
    def taken(self):
        """The parts that are accepted, or may be: all while it waits."""
        return [change for change in self.changes.all() if change.pk not in self.left_out]


class ProposedChange(models.Model):
    """One field of a proposed correction: what it said when it was proposed, and what it should say.

    It is written once, with its proposal, and so has no history.
    """

    class Field(models.TextChoices):
        """What can be proposed. The last two are words to staff and are not written into the record.

        Of an activity each value is a row of its own, named by its key. Activities as a text are of old proposals.
        """

        TITLE = "title", _("title")
        SUMMARY = "summary", _("summary")
        PARTNERS = "partners", _("partner organizations")
        HONORIFIC = "honorific", _("honorific")
        NAME = "name", _("name")
        SITS_FOR = "sits_for", _("country or organization")
        ENDS_ON = "ends_on", _("no longer in office from")
        ACTIVITY = "activity", _("activity")
        ACTIVITIES = "activities", _("proposed activities")
        REMARK = "remark", _("remark")

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="changes", verbose_name=_("proposed correction")
    )
    field = models.CharField(_("field"), max_length=10, choices=Field)
    record = LineField(_("kind of office"), max_length=50, blank=True)
    row = LineField(_("its key"), max_length=50, blank=True)
    office = LineField(_("office"), max_length=300, blank=True)
    old = LongTextField(_("on record"), blank=True)
    new = LongTextField(_("proposed"), max_length=5000, blank=True)

    class Meta:
        verbose_name = _("field of a proposed correction")
        verbose_name_plural = _("fields of proposed corrections")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="workspace_proposedchange_once",
                fields=["proposal", "field", "record", "row"],
                violation_error_message=_("Each field can be proposed once."),
            )
        ]

    def __str__(self):
        return with_colon(self.label, f"{self.old_shown} → {self.new_shown}")

    @property
    def label(self):
        """The field in words, after the office if it belongs to one."""
        if self.field == self.Field.ACTIVITY:
            return capfirst(ACTIVITY_LABELS.get(self.row, self.row))
        field = self.get_field_display()
        return with_colon(self.office_in_words, field) if self.office else capfirst(field)

    @property
    def office_in_words(self):
        """The office it belongs to, in the active language; as it was written then, where its row is gone."""
        return self.term.office_in_full if self.term else self.office

    @cached_property
    def term(self):
        """The row of the office; None where it is gone, or of what is about none."""
        read_terms([self])
        return self.term

    @property
    def is_of_record(self):
        """Whether accepting it writes something into the record."""
        return self.field not in (self.Field.ACTIVITIES, self.Field.REMARK)

    @property
    def is_left_out(self):
        """Whether staff accepted other parts of the proposal and not this one."""
        return self.pk in self.proposal.left_out

    @property
    def old_shown(self):
        return self.shown(self.old)

    @property
    def new_shown(self):
        return self.shown(self.new)

    def shown(self, value):
        """A value of this field in words: dates as they are printed."""
        if self.field == self.Field.ACTIVITY:
            return _activity_value(self.row, value)
        if value and self.field == self.Field.ENDS_ON:
            with suppress(ValidationError):  # proposed before there were limits
                return print_date(*parse_date(value, ends=True))
        return value


def read_terms(changes):
    """Give each change the row of its office, or None. One query for each kind of office."""
    keys = defaultdict(set)
    for one in changes:
        if one.office and one.record:
            keys[one.record].add(one.row)
    found = {}
    for record, of_record in keys.items():
        model = apps.get_model(record)
        named_by = [name for name in ("person", "seat", "subject") if hasattr(model, name)]
        rows = model.objects.filter(pk__in=of_record).select_related(*named_by)
        found |= {(record, str(row.pk)): row for row in rows}
    for one in changes:
        one.term = found.get((one.record, one.row))


ACTIVITY_LABELS = {
    "title": _("title"),
    "kind": _("kind"),
    "starts_on": _("first day"),
    "ends_on": _("last day"),
    "place": _("place"),
    "regions": _("for which region"),
    "sectors": _("who holds it"),
    "office": _("regional office"),
    "interests": _("of interest to"),
    "partners": _("partner organizations"),
    "languages": _("languages"),
    "web_url": _("web page"),
    "source": _("where it is announced"),
}
ACTIVITY_WORDS = {
    "kind": dict(Activity.Kind.choices),
    "regions": REGION_LABELS,
    "sectors": dict(Sector.choices),
    "interests": dict(Interest.choices),
    "languages": LANGUAGE_NAMES,
}

_BETWEEN_CODES = re.compile("[;,] *")  # as typed


def _activity_value(key, value):
    """A value of a proposed activity in words; days as they are printed."""
    if value and key in ("starts_on", "ends_on"):
        with suppress(ValidationError):
            return print_date(*read_date(value))
    words = ACTIVITY_WORDS.get(key)
    return in_a_row(words.get(code, code) for code in _BETWEEN_CODES.split(value)) if words and value else value


class EntryLinkQuerySet(models.QuerySet):
    """Questions about links, and their claim. `on` is a date; None means today in Geneva."""

    def of_token(self, token):
        """The link with this token, or None."""
        return self.filter(digest=digest_of(token)).select_related("person").first()

    def open(self, on=None):
        """Links that can be answered on the day."""
        return self.filter(answered_at__isnull=True, expires_on__gte=on or today())

    def spend(self, pk, answer, on=None) -> bool:
        """Answer a link by one conditional update; False if it was answered already or is too old."""
        return bool(self.open(on).filter(pk=pk).update(answered_at=timezone.now(), answer=answer))


class EntryLink(models.Model):
    """A link that was sent to one person, to be answered once. Only the SHA-256 of its token is kept.

    No part of the record: it has no history, and changes by conditional updates alone.
    """

    class Answer(models.TextChoices):
        """What the person said."""

        CONFIRMED = "confirmed", _("confirmed")
        CORRECTED = "corrected", _("proposed corrections")
        NO_LONGER = "no longer", _("no longer in office")

    put_back_by_others = frozenset({"person"})  # a merge moves it, and `FormerAddress` knows it

    person = models.ForeignKey(Person, models.PROTECT, related_name="entry_links", verbose_name=_("person"))
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("before the meeting")
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(pgettext_lazy("time", "sent"), default=timezone.now)
    expires_on = DayField(_("last day"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=9, choices=Answer, blank=True)

    objects = EntryLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to confirm an entry")
        verbose_name_plural = _("links to confirm entries")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["meeting", "person"], name="workspace_entrylink_meeting")]
        constraints = [
            models.CheckConstraint(
                name="workspace_entrylink_answered_has_answer",
                condition=models.Q(answered_at__isnull=True, answer="")
                | models.Q(answered_at__isnull=False) & ~models.Q(answer=""),
                violation_error_message=_("An answer has the time at which it was given."),
            )
        ]

    def __str__(self):
        return with_commas([self.person, self.meeting or print_date(self.expires_on)])
