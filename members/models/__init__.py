"""Who: accounts, countries, persons, seats and the offices held in them."""

from members.models.account import Account
from members.models.clause_texts import ClauseText
from members.models.countries import Country, FormerName, RegionalMembership
from members.models.groups import AdvisoryGroup, Conference, Seat, TermsOfReference
from members.models.offices import ChairTerm, Nomination, Representative
from members.models.people import ContactData, FormerAddress, Person
