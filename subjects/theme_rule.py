"""The theme rule: whether a theme is of mutual interest, by its mandates (clause F1).

Met when a PP resolution among the mandates calls for coordination, or when a PP resolution and a resolution
of at least one Sector (RA, WRC, WTSA, WTDC) are among them. Source: the rules and habits of the secretariat.
Not met is said only where every mandate is on record; else the rule cannot be told, and the sentence says what lacks.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language, gettext_lazy, ngettext_lazy

from iscg_portal.languages import listed
from subjects.citing import cited_shortly

MET = "met"
NOT_MET = "not met"
CANNOT_BE_TOLD = "cannot be told"
WORDS = {
    MET: gettext_lazy("met"),
    NOT_MET: gettext_lazy("not met"),
    CANNOT_BE_TOLD: gettext_lazy("cannot be told"),
}

# What a verdict rests on; each has its sentence below.
CALLS = "calls"
WITH_SECTORS = "with sectors"
NO_MANDATES = "no mandates"
NO_PP = "no pp"
DOES_NOT_CALL = "does not call"
NO_PP_RECORDED = "no pp recorded"
NO_SECTOR_RECORDED = "no sector recorded"
NONE = "none"
NOT_RECORDED = "not recorded"

SENTENCES = {
    CALLS: ngettext_lazy("%(pp)s calls for coordination on it", "%(pp)s call for coordination on it", "number"),
    WITH_SECTORS: gettext_lazy("rests on %(pp)s, with %(sectors)s"),
    NO_MANDATES: gettext_lazy("no mandates are recorded"),
    NO_PP_RECORDED: gettext_lazy("no resolution of a Plenipotentiary Conference is on record"),
    NO_SECTOR_RECORDED: ngettext_lazy(
        "rests on %(pp)s alone, which does not call for coordination; no resolution of a Sector is on record",
        "rests on %(pp)s alone, none of which calls for coordination; no resolution of a Sector is on record",
        "number",
    ),
    NOT_RECORDED: ngettext_lazy(
        "rests on %(pp)s alone; whether it calls for coordination is not recorded",
        "rests on %(pp)s alone; whether one of them calls for coordination is not recorded",
        "number",
    ),
    # Said only where every mandate is on record.
    NONE: gettext_lazy("no resolution is behind it"),
    NO_PP: gettext_lazy("rests on %(sectors)s, with no resolution of a Plenipotentiary Conference"),
    DOES_NOT_CALL: ngettext_lazy(
        "rests on %(pp)s alone, which does not call for coordination",
        "rests on %(pp)s alone, none of which calls for coordination",
        "number",
    ),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the theme rule says of one subject on one day, and on which resolutions that rests."""

    verdict: str  # MET, NOT_MET or CANNOT_BE_TOLD
    ground: str
    pp: tuple[tuple[str, int], ...] = ()  # body and number of each
    sectors: tuple[tuple[str, int], ...] = ()

    @property
    def word(self):
        """“met”, “not met” or “cannot be told”, in the active language."""
        return str(WORDS[self.verdict])

    @property
    def sentence(self):
        """“rests on PP Res. 176, with WTSA 72 and WTDC 62”, in the active language."""
        return _sentence(self.ground, self.pp, self.sectors, get_language() or "en")

    def as_data(self):
        """The verdict as the data files give it: the word, and the sentence."""
        return {"verdict": self.verdict, "sentence": self.sentence}


def judge(resolutions, complete=False):
    """The verdict on a subject from the resolutions among its mandates on a day; costs no query.

    `complete` says that no mandate of that day is lacking. They are printed PP first, then R, T, D.
    """
    resolutions = sorted(resolutions, key=lambda resolution: resolution.printed_order)
    of_pp = [resolution for resolution in resolutions if resolution.body == "PP"]
    sectors = tuple((resolution.body, resolution.number) for resolution in resolutions if resolution.body != "PP")
    pp = tuple((resolution.body, resolution.number) for resolution in of_pp)
    calling = tuple((resolution.body, resolution.number) for resolution in of_pp if resolution.calls_for_coordination)
    unsure = any(resolution.calls_for_coordination is None for resolution in of_pp)
    if calling:
        return Verdict(MET, CALLS, calling)
    if pp and sectors:
        return Verdict(MET, WITH_SECTORS, pp, sectors)
    if unsure:
        return Verdict(CANNOT_BE_TOLD, NOT_RECORDED, pp)
    if complete:
        return Verdict(NOT_MET, DOES_NOT_CALL if pp else NO_PP if sectors else NONE, pp, sectors)
    return Verdict(CANNOT_BE_TOLD, NO_SECTOR_RECORDED if pp else NO_PP_RECORDED if sectors else NO_MANDATES, pp)


@lru_cache(maxsize=4_000)
def _sentence(ground, pp, sectors, language):
    words = {"pp": listed(cited_shortly(*one) for one in pp), "sectors": listed(cited_shortly(*one) for one in sectors)}
    return str(SENTENCES[ground] % {**words, "number": len(pp)})
