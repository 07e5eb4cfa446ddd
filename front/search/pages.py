"""The standing pages, as the search finds them: by their titles, what they are about, and what people call it."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from iscg_portal.languages import LANGUAGE_CODES
from iscg_portal.search.sources import Content
from studies.pages.mapping import PAIRS


class StandingPage(NamedTuple):
    """A standing page: its name, its title and what it is about, in the language of the moment; other words for it.

    The other words are those that people ask with, of whatever language: our own choice.
    """

    name: str
    title: str
    line: str
    words: str


def _table_of_mapping(of_code):
    code, pair = of_code
    title = lazy(lambda: gettext("Table %(number)s of the mapping") % {"number": pair.number}, str)()
    words = f"table {pair.number} mapping matrix questions working parties"
    return StandingPage(f"studies:mapping-{code}", title, pair.title, words)


PAGES = [
    StandingPage(
        "members:composition",
        _("Composition"),
        _("The Chair and the representatives of RAG, TSAG and TDAG, and the regional balance."),
        "management team members vice-chair chairman representatives regions who is who",
    ),
    StandingPage(
        "members:composition-history",
        _("All terms"),
        _("Every term of every seat, as a picture and as a table."),
        "history former representatives past chairs",
    ),
    StandingPage(
        "changes:composition",
        _("Changes of the composition"),
        _("Who came and who left between two days."),
        "changes appointments departures",
    ),
    StandingPage(
        "subjects:subject-list",
        _("Subjects"),
        _("The subjects of mutual interest with their Coordinators, mandates and Sectors."),
        "topics themes list of subjects vacancies",
    ),
    StandingPage(
        "subjects:coordinator-list",
        _("Coordinators and Focal Points"),
        _("Who coordinates which subject, and the Focal Points of groups and secretariat."),
        "coordinators focal points contacts",
    ),
    StandingPage(
        "subjects:resolution-list",
        _("Resolutions"),
        _("The mandates: resolutions of PP, RA, WRC, WTSA and WTDC with their revisions."),
        "mandates decisions",
    ),
    StandingPage(
        "studies:mapping",
        _("Mapping of studies"),
        _("Which study groups, working parties and Questions of the Sectors study the same."),
        "tables 1 2 3 study groups questions overlap",
    ),
    *map(_table_of_mapping, PAIRS.items()),
    StandingPage(
        "studies:unit-list",
        _("Study units"),
        _("The study groups, working parties and Questions of the Sectors of ITU, with their study periods."),
        "units study groups working parties questions list",
    ),
    StandingPage(
        "studies:ending-list",
        _("What became of study units"),
        _("Which study groups, working parties and Questions go on, were renamed, merged, split, replaced or closed."),
        "endings successors merged split closed renamed study groups",
    ),
    StandingPage(
        "changes:mapping",
        _("Changes in the mapping of studies"),
        _("Which links between the studies of the Sectors began, ended or were confirmed between two days."),
        "changes mapping links confirmed contested",
    ),
    StandingPage(
        "studies:activity-clashes",
        _("Possible clashes"),
        _("Pairs of joint activities that may clash in days, place or subject."),
        "clashes overlap same days events conflict",
    ),
    StandingPage(
        "studies:activity-list",
        _("Joint activities"),
        _("Workshops, seminars, symposia and joint studies, by subject and region."),
        "events workshops seminars symposia activities calendar",
    ),
    StandingPage(
        "meetings:meeting-list",
        _("Meetings"),
        _("The meetings of the group and of the bodies around it, with the calendar."),
        "next meeting agenda calendar dates events prochaine réunion próxima reunión следующее собрание заседание "
        "الاجتماع القادم المقبل 下次会议 下一次会议",
    ),
    StandingPage(
        "meetings:document-list",
        _("Documents"),
        _("The register of documents: contributions, reports, liaison statements."),
        "papers contributions liaison statements register files",
    ),
    StandingPage(
        "front:forecast",
        _("Forecast"),
        _("Which terms end in the next two years, and which appointments are asked for."),
        "forecast future terms ending appointments due vacancies next chair succession outlook",
    ),
    StandingPage(
        "meetings:decision-list",
        _("Decisions and actions"),
        _("The decisions of the meetings, and the tasks that they gave, with deadlines."),
        "decisions actions action items to do owners due decided conclusions outcome",
    ),
    StandingPage(
        "meetings:withheld-list",
        _("Numbers that are withheld"),
        _("Numbers whose documents only the secretariat reads, with the reason, and how to ask for one."),
        "restricted documents withheld numbers",
    ),
    StandingPage(
        "meetings:liaison-list",
        _("Liaison statements"),
        _("Liaison statements by addressee: open, past the deadline, answered."),
        "liaison statements LS replies deadlines open overdue answered addressee",
    ),
    StandingPage(
        "reports:report-list",
        _("Annual reports"),
        _("The reports of the group to the advisory groups."),
        "reports progress last latest newest dernier último последний آخر أحدث 最新报告 "
        "in English French Spanish Russian Arabic Chinese en français en español на русском بالعربية 中文",
    ),
    StandingPage(
        "reports:key-issue-list",
        _("Key issues"),
        _("Matters raised with the Directors of the Bureaux, open and answered."),
        "issues directors",
    ),
    StandingPage(
        "reports:coordinator-report-list",
        _("Coordinators’ reports"),
        _("The reports of the Coordinators on their subjects to the meetings of the group."),
        "coordinators reports subjects results activities",
    ),
    StandingPage(
        "reports:duplication-list",
        _("Duplications found and avoided"),
        _("Duplicate activities, studies and events, over all subjects."),
        "duplication duplicates overlap avoided",
    ),
    StandingPage(
        "front:about",
        _("About the group"),
        _("About the group: its work, its composition and how to take part."),
        "about what is ISCG purpose mandate structure organization chart history how to take part join participate "
        "comment participer cómo participar как участвовать كيف أشارك 如何参加 参与",
    ),
    StandingPage(
        "front:terms-of-reference",
        _("Terms of Reference"),
        _("The tasks of the group, clause by clause, and how each clause is fulfilled today."),
        "ToR terms of reference clauses rules proposal adopted score",
    ),
    StandingPage(
        "front:glossary",
        _("Glossary"),
        _("The words of the group and of the portal, each in a sentence."),
        "words definitions meaning abbreviations terms explained",
    ),
    StandingPage(
        "front:contact",
        _("Contact"),
        _("The group’s mailbox and list, and the pages of the advisory groups."),
        "e-mail mailing list secretariat write join",
    ),
    StandingPage(
        "front:data",
        _("Data"),
        _("Every table of the portal as JSON, CSV and XLSX, with its fields, and the feeds and calendars to follow."),
        "download open data csv json xlsx api feed all data at once zip toutes les données todos los datos все данные "
        "كل جميع البيانات 全部数据 所有数据",
    ),
    StandingPage(
        "front:data-fields",
        _("What each field holds"),
        _("Every table as JSON, CSV and XLSX, with what each field holds."),
        "fields columns csv xlsx json meaning dictionary",
    ),
    StandingPage(
        "front:data-examples",
        _("Examples for working with the data"),
        _("How to read the data of the ISCG in Python with pandas, and in a spreadsheet."),
        "examples python pandas excel formula spreadsheet",
    ),
    StandingPage(
        "front:embedding",
        _("Embedding"),
        _("The composition, the subjects and the next meeting as blocks for other websites."),
        "embed iframe widget block website",
    ),
    StandingPage(
        "front:help-us-verify",
        _("Help us verify"),
        _("Facts whose evidence is weak."),
        "corrections sources evidence errors",
    ),
    StandingPage(
        "front:accessibility",
        _("Accessibility"),
        _("How the portal is made to be used by everyone."),
        "accessibility statement screen reader",
    ),
    StandingPage(
        "front:privacy",
        _("Privacy"),
        _("What the portal says about persons, and what it keeps of its readers."),
        "personal data cookies protection",
    ),
]


def standing_pages():
    """(name, Content) of each page."""
    for page in PAGES:
        with override("en"):
            address = reverse(page.name).removeprefix(reverse("front:home"))
        titles, lines = _in_each_language(page.title), _in_each_language(page.line)
        yield page.name, Content(address=address, titles=titles, lines=lines, keywords=[page.words], languages=())


def _in_each_language(text):
    told = {}
    for code in LANGUAGE_CODES:
        with override(code):
            told[code] = str(text)
    return told
