"""What clauses C1 and C2 ask of the seven seats, and where the record falls short of it on a day."""

import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from iscg_portal.adminkit.site import admin_address
from iscg_portal.bodies import CouncilRegion
from iscg_portal.fixed_terms import body_in_words, place_name
from iscg_portal.languages import with_colon
from iscg_portal.tenure.dates import print_date
from iscg_portal.tenure.office_on import OfficeOn, OfficeState, office_on, print_vacant_since
from members.composition import SEVEN
from members.models import ChairTerm, Conference, Country, Representative, Seat, TermsOfReference, chair_rules
from members.models.groups import CHAIR
from secretariat.findings import NOT_RECORDED, OPEN, REMARK, Finding, topic

SEAT_VACANT = topic("C1", OPEN, "%(count)d seat is vacant", "%(count)d seats are vacant")
SEAT_NOT_RECORDED = topic(
    "C1", NOT_RECORDED, "%(count)d seat with no holder recorded", "%(count)d seats with no holders recorded"
)
BALANCE = topic("C1", REMARK, "%(count)d remark on the balance", "%(count)d remarks on the balance")
CHAIR_VACANT = topic("C2", OPEN, "There is no Chair", "There is no Chair")
CHAIR_NOT_RECORDED = topic("C2", NOT_RECORDED, "Who is Chair is not recorded", "Who is Chair is not recorded")
CHAIR_OVERDUE = topic("C2", OPEN, "A new term is due", "A new term is due")
CHAIR_AGAINST_C2 = topic(
    "C2", OPEN, "%(count)d thing is not as clause C2 has it", "%(count)d things are not as C2 has it"
)
CHAIR_REMARK = topic("C2", REMARK, "%(count)d remark on the Chair’s term", "%(count)d remarks on the Chair’s term")


class Team(NamedTuple):
    """The seven seats on a day for the secretariat: {seat: its state}, the Chair's first."""

    on: datetime.date
    offices: dict[Seat, OfficeOn]

    @property
    def chair_term(self):
        """The Chair's term of the day, or None."""
        return next(office.tenure for seat, office in self.offices.items() if seat.code == CHAIR)

    @property
    def representatives(self):
        """The terms of the representatives in office on the day, six at most."""
        return [office.tenure for seat, office in self.offices.items() if office.tenure and seat.code != CHAIR]


def team_on(on):
    """The management team on a day; three queries. A seat that is not set up is “not recorded”."""
    seats = Seat.objects.in_bulk(SEVEN)
    latest = {}
    for model in (ChairTerm, Representative):
        for term in model.objects.last_begun(on, per="seat").select_related("person", "country"):
            latest[term.seat_id] = [term]
    offices = {}
    for code in SEVEN:
        seat = seats.get(code) or Seat(code=code, group_id=code[:-1] if code != CHAIR else None)
        offices[seat] = office_on(on, seat.recorded_from, latest.get(code, []))
    return Team(on, offices)


def to_count(team):
    """The rows that `ask_seats` wants counted (see `secretariat.findings`)."""
    wanted = {"terms of reference": TermsOfReference.objects.all()}
    if team.chair_term:
        wanted["they bind the chair"] = TermsOfReference.objects.filter(effective_on__lte=team.chair_term.starts_on)
        wanted["chair from the team"] = chair_rules.team_terms(team.chair_term)
    return wanted


def ask_seats(team, count):
    """Findings on the seven seats of a `Team`; one query, and two more for a Chair whose term was extended."""
    yield from _balance(team)
    conferences = list(Conference.objects.plenipotentiary())
    yield from ask_holders(team, conferences)
    term = team.chair_term
    if term:
        term.follows = next((conference for conference in conferences if conference.pk == term.follows_id), None)
        yield from _chair_rules(term, count)


def ask_holders(team, conferences):
    """Whether the seats are held, and whether the next Chair is due; costs no query."""
    yield from _empty_seats(team)
    yield from _next_chair(team.on, conferences)


def _empty_seats(team):
    for seat, office in team.offices.items():
        is_chair = seat.code == CHAIR
        address = admin_address(ChairTerm if is_chair else Representative, page="add", seat=seat.code)
        if office.state == OfficeState.VACANT:
            sentence = _("%(seat)s: vacant (%(since)s).") % {"seat": seat, "since": print_vacant_since(office)}
            yield Finding(CHAIR_VACANT if is_chair else SEAT_VACANT, sentence, address)
        elif office.state == OfficeState.NOT_RECORDED:
            sentence = _("%s: who sits here is not recorded.") % seat
            yield Finding(CHAIR_NOT_RECORDED if is_chair else SEAT_NOT_RECORDED, sentence, address)


def _balance(team):
    """Balance can be judged only over seats that are held; one remark for each region without a representative."""
    regions = set()
    for term in team.representatives:
        if term.country is None:
            sentence = _("%s: the country is not recorded, so the balance cannot be told.") % term.person
            yield Finding(BALANCE, sentence, admin_address(Representative, term.pk))
        elif not term.country.council_region:
            sentence = _("%s: the Council region is not recorded, so the balance cannot be told.") % term.country
            yield Finding(BALANCE, sentence, admin_address(Country, term.country.pk))
        else:
            regions.add(term.country.council_region)
    for region in CouncilRegion if regions else ():
        if region.value not in regions:
            sentence = _("No representative on record comes from Council region %s.") % region.label
            yield Finding(BALANCE, sentence, admin_address(Representative))


def _next_chair(on, conferences):
    """The term that is due after the last Plenipotentiary Conference, and the next conference when it is near."""
    over = [conference for conference in conferences if conference.ends_on < on]
    if over and not over[-1].has_new_chair:
        sentence = chair_rules.no_appointment_after(over[-1].code, over[-1].starts_on, over[-1].ends_on)
        yield Finding(CHAIR_OVERDUE, f"{sentence}.", admin_address(ChairTerm, page="add"))
    for conference in conferences:
        if conference.ends_on >= on and conference.starts_on <= on + chair_rules.SHORTLY:
            sentence = _("The next Chair is due shortly after %(code)s (%(place)s), which ends on %(date)s.")
            yield Finding(CHAIR_REMARK, sentence % _named(conference), admin_address(ChairTerm))


def _named(conference):
    return {
        "code": body_in_words(conference.code),
        "place": place_name(conference.place),
        "date": print_date(conference.ends_on),
    }


def _chair_rules(term, count):
    """What clause C2 says of the Chair's term of the day: refused where it binds, remarked where it does not."""
    if not count["terms of reference"]:
        sentence = _("No day is recorded from which the Terms of Reference bind, so clause C2 is only remarked on.")
        yield Finding(CHAIR_REMARK, sentence, admin_address(TermsOfReference))
    address, binds = admin_address(ChairTerm, term.pk), bool(count["they bind the chair"])
    if binds:
        for problem in chair_rules.problems(term):
            yield Finding(CHAIR_AGAINST_C2, with_colon(term.person, problem), address)
    for remark in chair_rules.remarks_on(term, binds=binds, from_the_team=bool(count["chair from the team"])):
        yield Finding(CHAIR_REMARK, with_colon(term.person, remark), address)
