"""The theme rule: whether a theme is of mutual interest, by its mandates (clause F1).

Met when a PP resolution among the mandates calls for coordination, or when a PP resolution and a resolution
of at least one Sector (RA, WRC, WTSA, WTDC) are among them. Source: the rules and habits of the secretariat.
"""

from dataclasses import dataclass
from functools import lru_cache

from babel.lists import format_list
from django.utils.translation import get_language, gettext, ngettext

from iscg_portal.languages import BABEL_LOCALES

MET = "met"
NOT_MET = "not met"
CANNOT_BE_TOLD = "cannot be told"

# What a verdict rests on; each has its sentence below.
CALLS = "calls"
WITH_SECTORS = "with sectors"
NO_MANDATES = "no mandates"
NO_PP = "no pp"
DOES_NOT_CALL = "does not call"
NOT_RECORDED = "not recorded"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the theme rule says of one subject on one day, and on which resolutions that rests."""

    verdict: str  # MET, NOT_MET or CANNOT_BE_TOLD
    ground: str
    pp: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()

    @property
    def word(self):
        """“met”, “not met” or “cannot be told”, in the active language."""
        return {MET: gettext("met"), NOT_MET: gettext("not met")}.get(self.verdict) or gettext("cannot be told")

    @property
    def sentence(self):
        """“rests on PP Res. 176, with WTSA 72 and WTDC 62”, in the active language."""
        return _sentence(self.ground, self.pp, self.sectors, get_language() or "en")

    def as_data(self):
        """The verdict as the data files give it: the word, and the sentence."""
        return {"verdict": self.verdict, "sentence": self.sentence}


def judge(resolutions):
    """The verdict on a subject from the resolutions among its mandates on a day; costs no query.

    They are printed PP first, then R, T, D.
    """
    resolutions = sorted(resolutions, key=lambda resolution: resolution.printed_order)
    of_pp = [resolution for resolution in resolutions if resolution.body == "PP"]
    sectors = tuple(resolution.short_citation for resolution in resolutions if resolution.body != "PP")
    pp = tuple(resolution.citation for resolution in of_pp)
    calling = tuple(resolution.citation for resolution in of_pp if resolution.calls_for_coordination)
    unsure = any(resolution.calls_for_coordination is None for resolution in of_pp)
    if calling:
        return Verdict(MET, CALLS, calling)
    if pp and sectors:
        return Verdict(MET, WITH_SECTORS, pp, sectors)
    if unsure:
        return Verdict(CANNOT_BE_TOLD, NOT_RECORDED, pp)
    if pp:
        return Verdict(NOT_MET, DOES_NOT_CALL, pp)
    if sectors:
        return Verdict(NOT_MET, NO_PP, (), sectors)
    return Verdict(CANNOT_BE_TOLD, NO_MANDATES)


@lru_cache(maxsize=4_000)
def _sentence(ground, pp, sectors, language):
    names = {"pp": listed(pp, language), "sectors": listed(sectors, language)}
    if ground == CALLS:
        return ngettext("%(pp)s calls for coordination on it", "%(pp)s call for coordination on it", len(pp)) % names
    if ground == WITH_SECTORS:
        return gettext("rests on %(pp)s, with %(sectors)s") % names
    if ground == NOT_RECORDED:
        sentence = ngettext(
            "rests on %(pp)s alone; whether it calls for coordination is not recorded",
            "rests on %(pp)s alone; whether one of them calls for coordination is not recorded",
            len(pp),
        )
        return sentence % names
    if ground == DOES_NOT_CALL:
        sentence = ngettext(
            "rests on %(pp)s alone, which does not call for coordination",
            "rests on %(pp)s alone, none of which calls for coordination",
            len(pp),
        )
        return sentence % names
    if ground == NO_PP:
        return gettext("rests on %(sectors)s, with no resolution of a Plenipotentiary Conference") % names
    return gettext("no mandates are recorded")


def listed(words, language):
    """The words as an enumeration in the language: “WTSA 72 and WTDC 62”."""
    return format_list(words, locale=BABEL_LOCALES.get(language, "en_GB")) if words else ""
