"""Clause C2 on a Chair's term: what it refuses once it binds, and what is only remarked.

Appointed by the ISCG, preferably from the management team, shortly after a Plenipotentiary
Conference, under PP Res. 208; extended to the next interval only if no other candidate is nominated.
The rules bind terms that start on or after the day the ToR takes effect; older rows get remarks.
"""

import datetime

from django.utils.translation import gettext as _

from iscg_portal.fixed_terms import body_in_words
from iscg_portal.tenure.dates import print_days
from members.models.groups import TermsOfReference

# "Shortly after" has no number in the clause; a longer gap than this is remarked, never refused.
SHORTLY = datetime.timedelta(days=183)


def no_appointment_after(code, first, last):
    """That a Plenipotentiary Conference was to sit, and nobody is known to have been appointed after it."""
    words = _("%(conference)s was announced for %(days)s; no appointment after it is on record")
    return words % {"conference": body_in_words(code), "days": print_days(first, last)}


def problems(term):
    """Sentences on everything in this term that clause C2 does not allow; empty when all is well."""
    found = []
    if term.follows_id is None:
        found.append(_("Say which Plenipotentiary Conference this term follows."))
    elif term.follows.body != "PP":
        found.append(_("A Chair's term follows a Plenipotentiary Conference, not another one."))
    elif term.starts_on and term.starts_on <= term.follows.ends_on:
        found.append(_("The term begins before the end of the Plenipotentiary Conference that it follows."))
    if term.kind == "extended" and term.person_id is not None and term.starts_on is not None:
        found.extend(_extension_problems(term))
    return found


def _extension_problems(term):
    found = []
    preceding = preceding_term(term)
    if preceding is None:
        found.append(_("An extension needs the same person's preceding term, ending on the day it begins."))
    elif preceding.kind == "extended":
        found.append(_("A term is extended once per appointment; this one follows an extension."))
    if term.follows_id is not None:
        if preceding is not None and preceding.follows_id == term.follows_id:
            found.append(_("An extension reaches into the next interval: it follows the next conference."))
        others = term.follows.nomination_set.filter(withdrawn_on__isnull=True).exclude(person=term.person_id)
        other = others.select_related("person").first()
        if other is not None:
            message = _("Clause C2 has an extension only where no other candidate is nominated; %(person)s is.")
            found.append(message % {"person": other.person})
    return found


def preceding_term(term):
    """The same person's term that ends on the day this one begins, or None."""
    return term.person.chairterm_set.filter(ends_on=term.starts_on).exclude(pk=term.pk).first()


def binding_problems(term):
    """The problems, where the Terms of Reference bind the term; else nothing."""
    if term.starts_on is None or not TermsOfReference.bind(term.starts_on):
        return []
    return problems(term)


def remarks(term):
    """What the secretariat should know of this term though nothing refuses it."""
    return remarks_on(term, binds=TermsOfReference.bind(term.starts_on), from_the_team=team_terms(term).exists())


def remarks_on(term, *, binds, from_the_team):
    """The same, where it is known already whether the ToR binds the term and whether the Chair is of the team."""
    found = [] if binds else problems(term)
    if term.kind == "appointed" and not from_the_team:
        found.append(_("The Chair comes from outside the management team; clause C2 says “preferably” from it."))
    if term.follows_id and term.starts_on - term.follows.ends_on > SHORTLY:
        found.append(_("The term begins more than six months after the conference that it follows."))
    return found


def team_terms(term):
    """The person's terms as a representative that cover the day on which this one begins, or its eve."""
    eve = term.starts_on - datetime.timedelta(days=1)
    rows = term.person.representative_set
    return rows.in_office(eve) | rows.in_office(term.starts_on)
