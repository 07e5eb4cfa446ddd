"""Persons, and the contact data kept apart from them."""

from functools import reduce
from operator import or_

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iscg_portal.collation import SORT_KEYS, Collated
from iscg_portal.history import tracked
from iscg_portal.identifiers import WikidataField
from iscg_portal.languages import in_brackets
from iscg_portal.name_keys import LONGEST_KEY, NEAR, NameKeyField, name_key, nearness, romanized
from iscg_portal.sourced import Sourced
from iscg_portal.tables.addresses import record_address
from iscg_portal.tenure.models import Tenure
from iscg_portal.text_fields import AddressField, LineField, LongTextField, MailAddressField
from iscg_portal.visibility import PublicQuerySet

NEAREST = 5
ANOTHER = "another person"  # the code of the refusal of a name that is on record


class PersonQuerySet(PublicQuerySet):
    """Questions about persons."""

    def of_the_name(self, name, name_in_own_script=""):
        """Those who may be the same person: of the same words, whatever their order, case, accents and script."""
        same = (Q(name_key=name) & ~Q(name_key="")) | Q(name_in_own_script=name)
        if name_in_own_script:
            same |= Q(name_key=name_in_own_script) | Q(name_in_own_script=name_in_own_script)
        return self.filter(same)

    def near(self, name):
        """Up to `NEAREST` of those who may be meant by the name, the nearest first; one query reads the names."""
        names = self.values_list("pk", "name", "sort_key", "name_in_own_script")
        found = {pk: max(nearness(name, one) for one in written if one) for pk, *written in names}
        near = sorted((pk for pk, how in found.items() if how >= NEAR), key=lambda pk: -found[pk])[:NEAREST]
        persons = self.in_bulk(near)
        return [persons[pk] for pk in near]

    def not_told_apart(self):
        """Those of whom nobody has said whether another record of the same name is another person."""
        others = Person.objects.exclude(pk=OuterRef("pk")).exclude(told_apart=F("name_key"))
        same = Exists(others.filter(name_key=OuterRef("name_key")))
        same_script = Exists(others.filter(name_in_own_script=OuterRef("name_in_own_script")))
        return self.exclude(told_apart=F("name_key")).filter(same | (~Q(name_in_own_script="") & same_script))

    def visible_to(self, user):
        """Staff see everyone; the public sees who holds, held or will hold an office, where the name is public."""
        if user.is_staff:
            return self
        held = [kind.objects.with_public_name().filter(person=OuterRef("pk")) for kind in kinds_of_office()]
        return self.filter(reduce(or_, map(Exists, held)))


def kinds_of_office():
    """The models of every office that a person can hold; apps above this one are reached by their relation to it."""
    return [each.related_model for each in Person._meta.related_objects if issubclass(each.related_model, Tenure)]


class Person(Collated, Sourced):
    """A person who holds or held an office. Needs no account; never called a “member”.

    The name is one string as printed (“Noah LUO”), with a key to sort by. The slug is set once and
    does not follow a renaming.
    """

    PRIVATE = ("name_key", "search_key", "told_apart")
    is_another = False  # a door sets it where staff say so
    saved_as = None, None  # name and sort key

    honorific = LineField(_("honorific"), max_length=30, blank=True, help_text=_("As printed: Mr, Ms, Dr."))
    name = LineField(_("name"), max_length=200, help_text=_("As printed, as one string: “Noah LUO”."))
    name_in_own_script = LineField(
        _("name in the own script"),
        max_length=200,
        blank=True,
        help_text=_("As the person writes it, where that is not in Latin letters; printed beside the name."),
    )
    sort_key = LineField(
        _("sort key"),
        max_length=200,
        blank=True,
        help_text=_("Family name first; made from the name if blank. In Latin letters where the name is not."),
    )
    slug = AddressField(
        _("web address"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_(
            "The last part of the address of the person’s page. Set once; made from the name if blank."
            " Needed for another person of a name that is on record."
        ),
    )
    wikidata = WikidataField()
    name_key = NameKeyField(of=("name",), as_set=True, db_index=True)
    search_key = NameKeyField(of=("name", "sort_key", "name_in_own_script"))
    told_apart = models.CharField(
        _("the name under which another person is known to be on record"),
        max_length=LONGEST_KEY,
        default="",
        editable=False,
    )

    objects = PersonQuerySet.as_manager()
    history = tracked(excluded_fields=["name_key", "search_key", *SORT_KEYS])

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["sort_key", "id"], name="members_person_sort")]

    def __str__(self):
        return f"{self.honorific} {self.name}".strip()

    def get_absolute_url(self):
        return record_address("members:person-detail", self.slug)

    def collated_text(self, language):
        return self.sort_key or self.name

    @property
    def is_told_apart(self):
        """Whether staff have said that another person of the present name is on record."""
        return self.told_apart == name_key(self.name) != ""

    @classmethod
    def from_db(cls, db, field_names, values):
        """Remember the name as it is saved: the sort key follows its correction."""
        person = super().from_db(db, field_names, values)
        person.saved_as = person.__dict__.get("name"), person.__dict__.get("sort_key")
        return person

    def clean_fields(self, exclude=None):
        """Fill in the sort key and the address where they were left blank; a corrected name corrects the sort key.

        Nobody gets a name that is on record unless staff say that they are two persons: with the address of a new
        one, with `is_another` of one that is renamed.
        """
        super().clean_fields(exclude={*(exclude or ()), "sort_key", "slug"})
        if "name" not in (exclude or ()):
            self.refuse_double()
        self.correct_sort_key()
        self.fill_in()
        super().clean_fields(exclude=exclude)

    def correct_sort_key(self):
        """Where other words stand in the name and the sort key was left as it is, they stand in it too.

        A name in more or fewer words gets the key that a new one gets, where the old one had that too.
        """
        name, sort_key = self.saved_as
        if not name or not sort_key or self.sort_key != sort_key:
            return
        old, new, keyed = name.split(), self.name.split(), sort_key.split()
        if sorted(old) == sorted(new) or sorted(old) != sorted(keyed):
            return
        if len(old) == len(new) == len(set(old)):
            self.sort_key = " ".join(new[old.index(word)] for word in keyed)
        elif sort_key == _family_name_first(old):
            self.sort_key = _family_name_first(new)

    def refuse_double(self):
        """Errors: ValidationError that names those who are on record: of a new person at the address."""
        same = Person.objects.of_the_name(self.name, self.name_in_own_script).exclude(pk=self.pk).order_by("pk")
        if self.slug if self._state.adding else self.is_another:
            self.told_apart = name_key(self.name) if same.exists() else self.told_apart
            return
        if found := same.exclude(pk__in=self._of_the_name_before(same))[:3]:
            message = gettext(
                "Somebody of this name is on record: %(persons)s. If it is the same person, change that record;"
                " if it is another one, give a web address of its own."
            )
            if not self._state.adding:
                message = gettext(
                    "Somebody of this name is on record: %(persons)s. If it is the same person, merge the two records;"
                    " if it is another one, say so: by the tick “another person”, in a file by the column"
                    " “another_person”."
                )
            persons = gettext(" or ").join(f"{person.slug}{in_brackets(person)}" for person in found)
            code = "" if self._state.adding else ANOTHER
            refusal = ValidationError(message % {"persons": persons}, code)
            raise ValidationError({"slug" if self._state.adding else "name": refusal})

    def _of_the_name_before(self, same):
        """Those of the same name who were that before the present change; no query where there are none."""
        stored = None if self._state.adding or not same.exists() else Person.objects.filter(pk=self.pk).first()
        before = Person.objects.of_the_name(stored.name, stored.name_in_own_script) if stored else Person.objects.none()
        return before.values("pk")

    def fill_in(self):
        """Sort key: the last word first. Address: the name in ASCII, with a number if it is taken.

        Errors: ValidationError where neither name nor sort key is in Latin letters: the address stays for ever.
        """
        base = "" if self.slug else self._address()
        if not (self.slug or base):
            message = gettext(
                "Give the sort key in Latin letters, as the Union prints the name: the web address is made from it, and"
                " stays for ever."
            )
            raise ValidationError({"sort_key": message})
        words = self.name.split()
        if words and not self.sort_key:
            self.sort_key = _family_name_first(words)
        if not self.slug:
            self.slug = _first_free(base)

    def set_apart(self):
        """Give a new person an address of its own, which says that it is another one of the name."""
        self.slug = _first_free(self._address())

    def _address(self):
        """From the name, or from the sort key where the name is in another script; blank where both are."""
        written = (romanized(text) for text in (self.name, self.sort_key))
        return next((slugify(text)[:70] for text in written if text.isascii() and slugify(text)), "")


def _first_free(base):
    """The address, with a number if it is taken; blank if it is."""
    slug, number = base, 1
    while Person.objects.filter(slug=slug).exists() or FormerAddress.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


def _family_name_first(words):
    """What a name is sorted by where nobody says: its last word first."""
    return " ".join([*words[-1:], *words[:-1]])


class FormerAddress(models.Model):
    """The web address of a person who was merged into another; it redirects for ever."""

    slug = AddressField(_("web address"), max_length=80, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="former_addresses", verbose_name=_("person"))
    account = models.ForeignKey("members.Account", models.PROTECT, null=True, editable=False, related_name="+")
    # What came along and has no history, as a draft or a link: {label of the model: keys}.
    moved = models.JSONField(default=dict, blank=True, editable=False)

    history = tracked(excluded_fields=["account", "moved"])  # not everyone who sees this may know who has an account

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self):
        return self.slug

    def before_undone(self):
        """The account and what else came along with the merged record goes back to it. Errors: ValidationError."""
        merged = Person.objects.get(slug=self.slug)
        for label, keys in self.moved.items():
            for row in apps.get_model(label)._base_manager.filter(pk__in=keys, person=self.person):
                row.person = merged
                row.save(update_fields=["person"])
        if self.account is None:
            return
        if self.account.person_id != self.person_id:
            message = gettext("The account that came along was given to somebody else since, so this cannot be undone.")
            raise ValidationError(message)
        self.account.person = merged
        self.account.save()


class ContactData(models.Model):
    """How staff and colleagues reach a person. Never public; the history keeps who changed it and when, no values."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="contact_data", verbose_name=_("person"))
    email = MailAddressField(_("e-mail address"), blank=True)
    phone = LineField(_("phone"), max_length=50, blank=True)
    note = LongTextField(_("note"), blank=True)
    language = models.CharField(
        _("language of the mails"),
        max_length=7,
        choices=settings.LANGUAGES,
        blank=True,
        help_text=_(
            "In which the portal writes while the person has no account; blank: not recorded, so the mails are in"
            " English and have a link by which the person chooses."
        ),
    )

    history = tracked(excluded_fields=["email", "phone", "note", "language"])

    class Meta:
        verbose_name = _("contact data")
        verbose_name_plural = _("contact data")

    def __str__(self):
        return str(self.person)
