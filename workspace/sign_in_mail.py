"""What signing in asks of the portal that needs the workspace: its mails go through the outbox (rule 12)."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.utils import timezone
from django.utils.translation import get_language

from iscg_portal.signing_in.accounts import AccountAdapter
from workspace.mail_words import who_writes
from workspace.models.outbox import Mail
from workspace.outbox import LONGEST_SUBJECT, as_html, put_at_once

SECRETS = {"code", "password_reset_url", "activate_url"}  # what lets in whoever reads it


class OutboxAdapter(AccountAdapter):
    """Named in the settings as allauth's adapter."""

    def send_mail(self, template_prefix, email, context):
        """Into the outbox and tried at once: a server that is down loses nothing, and nobody sees a difference."""
        asked = {"request": self.request, "email": email, "current_site": get_current_site(self.request)}
        message = self.render_mail(template_prefix, email, asked | context)
        paragraphs, code = message.body.strip().split("\n\n"), str(context.get("code", ""))
        lapses = timezone.now() + timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
        put_at_once(
            Mail(
                to=email,
                language=get_language(),
                subject=message.subject[:LONGEST_SUBJECT],
                text=f"{message.body.strip()}\n\n--\n{who_writes()}\n",
                html=as_html(message.subject, paragraphs, get_language(), code=code),
                good_until=lapses if SECRETS & context.keys() else None,
            )
        )
