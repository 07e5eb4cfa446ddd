"""Who asks to take part in the group's work, and who does (clause C5). Never public."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iscg_portal.history import tracked
from iscg_portal.languages import in_brackets
from iscg_portal.mail.one_time import OneTimeLink, OneTimeQuerySet
from iscg_portal.text_fields import LineField, LongTextField, MailAddressField
from members.models import Country

CHOOSE_THE_STATE = _("Choose the State.")


class Particulars(models.Model):
    """What delegates write about themselves."""

    class Capacity(models.TextChoices):
        """For whom the delegate takes part."""

        MEMBER_STATE = "Member State", _("Member State")
        RESOLUTION_99 = "PP Res. 99", _("State of Palestine, under PP Resolution 99")
        SECTOR_MEMBER = "Sector Member", _("Sector Member")

    name = LineField(_("name"), max_length=200)
    capacity = models.CharField(_("capacity"), max_length=13, choices=Capacity)
    country = LineField(
        pgettext_lazy("a nation", "State"),
        max_length=2,
        blank=True,
        help_text=_("For a delegate of a State; leave it blank for a Sector Member."),
    )
    affiliation = LineField(
        _("affiliation"),
        max_length=200,
        help_text=_("The administration, or the organization that is a Sector Member."),
    )
    email = MailAddressField(_("e-mail address"))
    message = LongTextField(_("message"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=7, choices=settings.LANGUAGES, default="en")

    class Meta:
        abstract = True

    def clean(self):
        """A State is named by its ISO code and stands in the list in this capacity; addresses are in lower case."""
        self.email = self.email.lower()
        if self.capacity not in Country.Standing.values:
            self.country = ""
            return
        state = Country.objects.listed().filter(pk=self.country).first()
        if state is None:
            raise ValidationError({"country": CHOOSE_THE_STATE})
        state.check_standing(self.capacity)

    @property
    def stands_for(self):
        """The State by its name, or the Sector Member. A list reads the name along, as `state_name`."""
        if not self.country:
            return self.affiliation
        read = getattr(self, "state_name", "")
        return read or next((state.name for state in Country.objects.filter(pk=self.country)), self.country)


class JoinRequestQuerySet(OneTimeQuerySet):
    """Removing requests whose link has expired. `now` is a moment; None means now."""

    def forget_lapsed(self, now=None) -> int:
        """Remove requests that nobody confirmed. Returns how many."""
        return self.filter(good_until__lte=now or timezone.now()).delete()[0]


class JoinRequest(Particulars, OneTimeLink):
    """A request whose address is not confirmed. Nobody sees it; it is removed when its link expires."""

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to take part")
        verbose_name_plural = _("requests to take part")

    def __str__(self):
        return self.name


class ParticipantQuerySet(models.QuerySet):
    """Questions about participants."""

    def visible_to(self, user):
        """All of them for staff with the right, none for others."""
        allowed = user.is_active and user.is_staff and user.has_perm("workspace.view_participant")
        return self if allowed else self.none()

    def waiting(self):
        """Those who wait for the secretariat, the oldest first."""
        return self.filter(state=Participant.State.WAITING).order_by("asked_at", "pk")

    def taking_part(self, email: str):
        """The participant with the address, at most one: participants and accounts have both confirmed it."""
        return self.filter(state=Participant.State.TAKES_PART, email=email.lower())


class Participant(Particulars):
    """A delegate of a Member State or Sector Member who asked to take part, under an address that is confirmed.

    Never public. The history keeps who decided what, when and why, and nothing that was said of the delegate.
    """

    class State(models.TextChoices):
        """What the secretariat said."""

        WAITING = "waiting", _("waits for the secretariat")
        TAKES_PART = "takes part", _("takes part")
        REFUSED = "refused", _("refused")
        OVER = "over", _("no longer takes part")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING, editable=False)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)

    history = tracked(excluded_fields=["name", "affiliation", "email", "message", "language"])
    objects = ParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["affiliation", "name", "pk"]
        default_permissions = ["view", "change", "delete"]
        permissions = [("decide_participant", "Can decide who takes part"), ("export_participant", "Can export")]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="workspace_participant_once",
                condition=Q(state="takes part"),
                violation_error_message=_("A participant with this address already takes part."),
            ),
            models.CheckConstraint(
                name="workspace_participant_country",
                condition=~Q(capacity__in=["Member State", "PP Res. 99"]) | ~Q(country=""),
                violation_error_message=_("Choose the State."),
            ),
        ]

    def __str__(self):
        return f"{self.name}{in_brackets(self.stands_for)}"
