"""Two persons press “Send the mail” at the same moment: one mail leaves."""

from datetime import date

from django.core import mail
from django.core.exceptions import ValidationError

from reports.acts.transmissions import last_mail, send
from reports.models import AnnualReport, Transmission
from tests import world as w
from workspace.sender import deliver


def sending(pk, **options):
    """One browser that has just looked at the transmission sends it."""

    def act(ready):
        transmission = Transmission.objects.select_related("report", "group").get(pk=pk)
        ready()
        return send(transmission, **options)

    return act


def test_two_senders_at_once_send_one_mail_and_again_one(standing, at_once):
    dates = {"period_from": date(2024, 12, 31), "period_to": date(2025, 12, 31)}
    report = AnnualReport.objects.create(code="2025", state="published", content="{}", **dates)
    group = w.advisory_group("RAG")
    group.mailbox = "rag@itu.int"
    group.save()
    sent = w.saved(Transmission(report=report, group=group))
    for mails in (1, 2):
        known = {"after": last_mail(sent)}
        outcomes = at_once(sending(sent.pk, **known), sending(sent.pk, **known))
        assert sum(isinstance(outcome, ValidationError) for outcome in outcomes) == 1, outcomes
        deliver()
        assert len(mail.outbox) == mails
