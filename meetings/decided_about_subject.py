"""What the page of a subject says of decisions and actions about it, in the query that it asks anyway."""

from django.db.models import CharField, F, Value

from iscg_portal.translated import columns_of
from meetings.models import Decision, Meeting
from meetings.templatetags.held_about_subject import TITLES, Part

WORDINGS = dict(zip(TITLES, columns_of("wording"), strict=True))


def decisions_about(code):
    """Decisions and actions about the subject with this code, in the columns of every part."""
    return (
        Decision.objects.public()
        .filter(subject__code=code)
        .order_by()
        .annotate(
            **{title: F(wording) for title, wording in WORDINGS.items()},
            table=Value("decision", output_field=CharField()),
            name=F("number"),
            address=F("meeting__code"),
            day=F("meeting__starts_on"),
            last=F("closed_on"),
            exactly=F("meeting__body"),
            word=F("kind"),
            because=F("closed_because"),
            where=F("owner"),
            told=F("due_on"),
        )
    )


def decision_of(row) -> Decision:
    """A row of the query as a decision of its meeting."""
    meeting = Meeting(code=row["address"], body=row["exactly"], starts_on=row["day"])
    days = {"closed_on": row["last"], "due_on": row["told"]}
    said = {"kind": row["word"], "number": row["name"], "closed_because": row["because"], "owner": row["where"]}
    texts = {wording: row[title] for title, wording in WORDINGS.items()}
    return Decision(meeting=meeting, original_language=row["original_language"], **days, **said, **texts)


DECISIONS = Part("decision", decisions_about, decision_of, "meetings/_decisions_of_subject.html")
