"""Resolutions cited as the Union prints them in running text, in the active language (clause B1)."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# By the body: with the place and year of the text in force, and without where that is not recorded.
IN_FULL = {
    "PP": (
        _("Resolution %(number)s (%(adopted)s) of the Plenipotentiary Conference"),
        _("Resolution %(number)s of the Plenipotentiary Conference"),
    ),
    "RA": (_("Resolution ITU-R %(number)s (%(adopted)s)"), _("Resolution ITU-R %(number)s")),
    "WRC": (
        _("Resolution %(number)s (%(adopted)s) of the World Radiocommunication Conference"),
        _("Resolution %(number)s of the World Radiocommunication Conference"),
    ),
    "WTSA": (
        _("Resolution %(number)s (%(adopted)s) of the World Telecommunication Standardization Assembly"),
        _("Resolution %(number)s of the World Telecommunication Standardization Assembly"),
    ),
    "WTDC": (
        _("Resolution %(number)s (%(adopted)s) of the World Telecommunication Development Conference"),
        _("Resolution %(number)s of the World Telecommunication Development Conference"),
    ),
}


def full_citation(resolution) -> str:
    """“Resolution 191 (Rev. Bucharest, 2022) of the Plenipotentiary Conference”; for a row read `on` a day."""
    text, number = resolution.text_of_day, str(resolution.number or "")
    with_text, without = IN_FULL.get(resolution.body, IN_FULL["PP"])
    if text is None:
        return without % {"number": number}
    words = {"place": text.place, "year": text.year}
    adopted = gettext("Rev. %(place)s, %(year)s") % words if text.revised else text.adopted_at
    return with_text % {"number": f"{number}-{text.number}" if text.number else number, "adopted": adopted}
