"""The standing pages, as the search finds them: by their titles, what they are about, and what people call it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from iscg_portal.languages import LANGUAGE_CODES
from iscg_portal.search.sources import Content
from studies.pages.mapping import PAIRS


def _pages():
    """(name of the page, title, what it is about, other words for it), in the active language."""
    return [
        (
            "members:composition",
            _("Composition"),
            _("The Chair and the representatives of RAG, TSAG and TDAG, and the regional balance."),
            "management team members vice-chair chairman representatives regions who is who",
        ),
        (
            "members:composition-history",
            _("All terms"),
            _("Every term of every seat, as a picture and as a table."),
            "history former representatives past chairs",
        ),
        (
            "changes:composition",
            _("Changes of the composition"),
            _("Who came and who left between two days."),
            "changes appointments departures",
        ),
        (
            "subjects:subject-list",
            _("Subjects"),
            _("The subjects of mutual interest with their Coordinators, mandates and Sectors."),
            "topics themes list of subjects vacancies",
        ),
        (
            "subjects:coordinator-list",
            _("Coordinators and Focal Points"),
            _("Who coordinates which subject, and the Focal Points of groups and secretariat."),
            "coordinators focal points contacts",
        ),
        (
            "subjects:resolution-list",
            _("Resolutions"),
            _("The mandates: resolutions of PP, RA, WRC, WTSA and WTDC with their revisions."),
            "mandates decisions",
        ),
        (
            "studies:mapping",
            _("Mapping of studies"),
            _("Which study groups, working parties and Questions of the Sectors study the same."),
            "tables 1 2 3 study groups questions overlap",
        ),
        *(
            (
                f"studies:mapping-{code}",
                _("Table %(number)s of the mapping") % {"number": pair.number},
                str(pair.title),
                f"table {pair.number} mapping matrix questions working parties",
            )
            for code, pair in PAIRS.items()
        ),
        (
            "changes:mapping",
            _("Changes in the mapping of studies"),
            _("Which links between the studies of the Sectors began, ended or were confirmed between two days."),
            "changes mapping links confirmed contested",
        ),
        (
            "studies:activity-clashes",
            _("Possible clashes"),
            _("Pairs of joint activities that may clash in days, place or subject."),
            "clashes overlap same days events conflict",
        ),
        (
            "studies:activity-list",
            _("Joint activities"),
            _("Workshops, seminars, symposia and joint studies, by subject and region."),
            "events workshops seminars symposia activities calendar",
        ),
        (
            "meetings:meeting-list",
            _("Meetings"),
            _("The meetings of the group and of the bodies around it, with the calendar."),
            "next meeting agenda calendar dates events",
        ),
        (
            "meetings:document-list",
            _("Documents"),
            _("The register of documents: contributions, reports, liaison statements."),
            "papers contributions liaison statements register files",
        ),
        (
            "front:forecast",
            _("Forecast"),
            _("Which terms end in the next two years, and which appointments are asked for."),
            "forecast future terms ending appointments due vacancies next chair succession outlook",
        ),
        (
            "meetings:decision-list",
            _("Decisions and actions"),
            _("The decisions of the meetings, and the tasks that they gave, with deadlines."),
            "decisions actions action items to do owners due decided conclusions outcome",
        ),
        (
            "meetings:liaison-list",
            _("Liaison statements"),
            _("Liaison statements by addressee: open, past the deadline, answered."),
            "liaison statements LS replies deadlines open overdue answered addressee",
        ),
        (
            "reports:report-list",
            _("Annual reports"),
            _("The reports of the group to the advisory groups."),
            "reports progress",
        ),
        (
            "reports:key-issue-list",
            _("Key issues"),
            _("Matters raised with the Directors of the Bureaux, open and answered."),
            "issues directors",
        ),
        (
            "reports:coordinator-report-list",
            _("Coordinators’ reports"),
            _("The reports of the Coordinators on their subjects to the meetings of the group."),
            "coordinators reports subjects results activities",
        ),
        (
            "reports:duplication-list",
            _("Duplications found and avoided"),
            _("Duplicate activities, studies and events, over all subjects."),
            "duplication duplicates overlap avoided",
        ),
        (
            "front:about",
            _("About the group"),
            _("About the group: its work, its composition and how to take part."),
            "about what is ISCG purpose mandate structure organization chart history take part",
        ),
        (
            "front:terms-of-reference",
            _("Terms of Reference"),
            _("The tasks of the group, clause by clause, and how each clause is fulfilled today."),
            "ToR terms of reference clauses rules proposal adopted score",
        ),
        (
            "front:glossary",
            _("Glossary"),
            _("The words of the group and of the portal, each in a sentence."),
            "words definitions meaning abbreviations terms explained",
        ),
        (
            "front:contact",
            _("Contact"),
            _("The group’s mailbox and list, and the pages of the advisory groups."),
            "e-mail mailing list secretariat write join",
        ),
        (
            "front:data",
            _("Data"),
            _("Every table as JSON, CSV and XLSX, with what each field holds."),
            "download open data csv json xlsx api feed",
        ),
        (
            "front:data-examples",
            _("Examples for working with the data"),
            _("How to read the data of the ISCG in Python with pandas, and in a spreadsheet."),
            "examples python pandas excel formula spreadsheet",
        ),
        (
            "front:embedding",
            _("Embedding"),
            _("The composition, the subjects and the next meeting as blocks for other websites."),
            "embed iframe widget block website",
        ),
        (
            "front:help-us-verify",
            _("Help us verify"),
            _("Facts whose evidence is weak."),
            "corrections sources evidence errors",
        ),
        (
            "front:accessibility",
            _("Accessibility"),
            _("How the portal is made to be used by everyone."),
            "accessibility statement screen reader",
        ),
        (
            "front:privacy",
            _("Privacy"),
            _("What the portal says about persons, and what it keeps of its readers."),
            "personal data cookies protection",
        ),
    ]


def standing_pages():
    """(name, Content) of each page."""
    told = {}
    for code in LANGUAGE_CODES:
        with override(code):
            told[code] = _pages()
    with override("en"):
        start = reverse("front:home")
        addresses = {name: reverse(name).removeprefix(start) for name, *_rest in told["en"]}
    for at, (name, *_rest, words) in enumerate(told["en"]):
        yield (
            name,
            Content(
                address=addresses[name],
                titles={code: pages[at][1] for code, pages in told.items()},
                lines={code: pages[at][2] for code, pages in told.items()},
                keywords=[words],
                languages=(),
            ),
        )
