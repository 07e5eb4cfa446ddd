"""The clauses of the Terms of Reference: the ids that this project gives them, and what each says, in our own words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Clause(models.TextChoices):
    """Every clause of Document ISCG/25-1/03, in its order; the label is the id alone."""

    B1 = "B1", "B1"
    F1 = "F1", "F1"
    F2 = "F2", "F2"
    F3 = "F3", "F3"
    A0 = "A0", "A0"
    A1 = "A1", "A1"
    A2 = "A2", "A2"
    A3 = "A3", "A3"
    A4 = "A4", "A4"
    C1 = "C1", "C1"
    C2 = "C2", "C2"
    C3 = "C3", "C3"
    C4 = "C4", "C4"
    C5 = "C5", "C5"
    S1 = "S1", "S1"
    W1 = "W1", "W1"
    W2 = "W2", "W2"
    W3 = "W3", "W3"
    W4 = "W4", "W4"
    W5 = "W5", "W5"


IN_SHORT = {
    "B1": _("The work rests on resolutions of the Plenipotentiary Conference and of the Sectors’ assemblies."),
    "F1": _("The group finds the subjects that the Sectors share, and considers an updated list of them."),
    "F2": _(
        "It finds ways to cooperate and to act together, with attention to developing countries and to the events of"
        " the regional offices."
    ),
    "F3": _("It reports each year to the advisory groups, with key issues for the Directors and the task force."),
    "A0": _("The advisory groups appoint Focal Points, and one Coordinator for each subject."),
    "A1": _("Coordinators and Focal Points examine the activities of the Sectors, so that nothing is done twice."),
    "A2": _("They coordinate with external organizations that work on the same subjects."),
    "A3": _("They coordinate and guide the focal points of the secretariat for their subject."),
    "A4": _("They report on the results to the meetings of the group."),
    "C1": _("Two representatives of each of RAG, TSAG and TDAG are the management team, with regional balance."),
    "C2": _(
        "The group appoints its Chair shortly after a Plenipotentiary Conference, for four years. A second term is"
        " possible only if nobody else is nominated."
    ),
    "C3": _("The composition of the management team is published."),
    "C4": _("The Coordinators by subject are published."),
    "C5": _("Member States and Sector Members can take part in the work."),
    "S1": _("The secretariat supports the group, as Resolution 191 of the Plenipotentiary Conference asks."),
    "W1": _("The group works by e-mail list and in electronic meetings."),
    "W2": _("It has a list and a mailbox of its own."),
    "W3": _("It meets in person together with advisory groups if it can; such meetings are announced in a calendar."),
    "W4": _("Coordinators hold electronic meetings of their own."),
    "W5": _("It has a website, with links to and from the pages of the advisory groups."),
}
PARTS = {
    "B": _("Background"),
    "F": _("What the group does"),
    "A": _("Coordinators and Focal Points"),
    "C": _("Who leads, and who takes part"),
    "S": _("Support"),
    "W": _("How it works"),
}
