"""What the group is, how it works and who sends whom; where the record comes from; and the words of both."""

from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from front.glossary import PARTS
from front.help_us_verify import count_public_grades
from front.sending_picture import draw_sending
from iscg_portal.sourced import Grade
from iscg_portal.web.public_page import public_page


@public_page
def about(request):
    """What the group is, with the picture of who sends whom, and how many facts rest on what; one query."""
    counts = count_public_grades()
    grades = [(capfirst(grade.label), counts[grade.value]) for grade in Grade]
    if counts[""]:
        grades.append((capfirst(_("not stated")), counts[""]))
    context = {"picture": draw_sending(rtl=get_language_bidi()), "grades": grades, "facts": sum(counts.values())}
    return render(request, "front/about.html", context)


@public_page
def glossary(request):
    """The words of the group and of the portal."""
    return render(request, "front/glossary.html", {"parts": PARTS})
