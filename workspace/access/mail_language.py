"""In which language the portal writes to a person without an account: chosen through a link in its mails."""

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.http import Http404
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iscg_portal import record_version
from iscg_portal.history import save_with_reason
from iscg_portal.mail.one_time import one_time_page
from iscg_portal.templatetags.languages import spoken_in
from iscg_portal.text_fields import LanguageField
from members.models import ContactData
from workspace.access.offices import CHOOSES_FOR, CHOOSING
from workspace.access.rights import Act, asks


class LanguageForm(forms.Form):
    """One of the six."""

    NAMES = [(code, format_html("<span{}>{}</span>", spoken_in(code), name)) for code, name in settings.LANGUAGES]
    language = LanguageField(choices=NAMES, widget=forms.RadioSelect)


@transaction.atomic
def choose(person, language, *, only_first=False):
    """Record the language in the person's contact data, if there are any; `only_first`: if none is recorded yet."""
    contacts = ContactData.objects.filter(person=person).exclude(language=language)
    contacts = contacts.filter(language="") if only_first else contacts
    if not contacts.exists():  # nothing to write: what is public stays kept
        return
    record_version.bump()  # the first lock of every writer
    contact = contacts.first()
    if contact is None:  # somebody else was first
        return
    contact.language = language
    contact.full_clean()
    save_with_reason(contact, _("The language of the mails was chosen."))


@asks(Act.READ)
@one_time_page
def mail_language(request, token):
    """GET shows the six languages, POST records one. The page names nobody."""
    try:
        person = int(TimestampSigner(salt=CHOOSING, sep=".").unsign(token, max_age=CHOOSES_FOR))
    except (BadSignature, ValueError):
        raise Http404(_("This link is incomplete. Open it from the mail again.")) from None
    form = LanguageForm(request.POST or None, initial={"language": get_language()})
    done = request.method == "POST" and form.is_valid()
    if done:
        choose(person, form.cleaned_data["language"])
    return render(request, "workspace/mail_language.html", {"form": form, "done": done})
