"""`manage.py attention`: what the Terms of Reference ask and is not so, clause by clause."""

import json
import sys

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from iscg_portal.tenure.dates import parse_date, print_date, today
from members.models import TermsOfReference
from secretariat.attention import attention, by_clause, is_open


class Command(BaseCommand):
    """Prints the findings of `secretariat.attention`, as text or as JSON."""

    help = "What the Terms of Reference ask and is not so, clause by clause. Exit status 1 if anything is open."

    def add_arguments(self, parser):
        parser.add_argument("--on", metavar="DATE", help="The day to ask about, as in 2025-02-12; today if not given.")
        parser.add_argument("--json", action="store_true", help="Print JSON instead of text.")

    def handle(self, *args, on=None, **options):
        day = self._day(on) if on else today()
        findings = attention(day)
        printed = as_json if options["json"] else as_text
        self.stdout.write(printed(day, findings, TermsOfReference.named_on(day)))
        if is_open(findings):
            sys.exit(1)

    def _day(self, text):
        try:
            day, precision = parse_date(text)
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
        if precision != "day":
            raise CommandError(f"“{text}” is not a day; write it as in 2025-02-12.")
        return day


def as_json(day, findings, terms):
    """`{"on", "terms_of_reference", "open", "findings": [{"clause", "kind", "sentence", "url"}]}`.

    A blank clause is the record itself.
    """
    rows = [{"clause": f.topic.clause, "kind": f.topic.kind, "sentence": f.sentence, "url": f.url} for f in findings]
    data = {"on": day.isoformat(), "terms_of_reference": str(terms), "open": is_open(findings), "findings": rows}
    return json.dumps(data, ensure_ascii=False, indent=2)


def as_text(day, findings, terms):
    """The findings under their clauses."""
    lines = [f"As on {print_date(day)}, by {terms}"]
    for clause in by_clause(findings):
        lines += ["", f"{clause.id}  {clause.text}".strip()]
        for group in clause.groups:
            lines.append(f"  {group.heading} ({group.topic.kind})")
            lines += [f"    {finding.sentence}" for finding in group.findings]
    if not findings:
        lines.append("Nothing is open.")
    return "\n".join(lines)
