"""The page on which staff see what conferences made of mandates, and mark what was looked at (B1, F1)."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils.html import format_html_join
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from iscg_portal.adminkit.base import RecordAdmin
from iscg_portal.adminkit.site import admin_address, desk_page
from iscg_portal.languages import with_semicolons
from iscg_portal.tenure.dates import print_date, today
from subjects.acts import look_at_all
from subjects.mandate_changes import changed_mandates, changes_of, lookers_of, new_changes, new_resolutions
from subjects.models import MandateLook, Resolution, Revision

WORD = "word-"


class MandateChangesPage:
    """Mixin of the admin of resolutions: the page “After a conference”, from its list and from each subject."""

    def get_urls(self):
        pages = [("after-a-conference/", self.after_a_conference_view, "after_a_conference")]
        return [*self.named_paths(pages), *super().get_urls()]

    def list_buttons(self, request):
        buttons = super().list_buttons(request)
        if may_look(request):
            buttons.append((_("After a conference…"), self.page_url("after_a_conference")))
        return buttons

    def after_a_conference_view(self, request):
        """What was revised, suppressed or new, by subject, who has to look, and a word for each that was looked at."""
        on, code = today(), request.GET.get("subject", "")
        mandates = changed_mandates(on)
        changes = changes_of(mandates.filter(subject__code=code) if code else mandates)
        new = [] if code else new_changes(new_resolutions(on))
        refusals = []
        if request.method == "POST":
            refusals = self._mark([*changes, *new], request)
            if not refusals:
                return HttpResponseRedirect(f"{request.path}?{urlencode({'subject': code})}" if code else request.path)
        lookers = lookers_of(changes, on)
        for change in (*changes, *new):
            change.typed = request.POST.get(WORD + change.key, "")
            change.looker = lookers.get(change.subject.pk) if change.subject else None
        context = {
            "opts": self.opts,
            "title": _("Mandates after a conference"),
            "changes": changes,
            "new": new,
            "code": code,
            "waiting": sum(change.look is None for change in (*changes, *new)),
            "refusals": refusals,
            "import_url": self.page_url("import"),
            "import_texts_url": admin_address(Revision, page="import"),
        }
        return desk_page(request, "admin/after_a_conference.html", **context)

    def _mark(self, changes, request):
        words = {name.removeprefix(WORD): word for name, word in request.POST.items() if name.startswith(WORD)}
        try:
            marked = look_at_all(changes, words, by=request.user)
        except ValidationError as error:
            return error.messages
        said = ngettext("%(count)d is marked as looked at.", "%(count)d are marked as looked at.", marked)
        messages.success(request, said % {"count": marked} if marked else _("No word was written: nothing is marked."))
        return []


def may_look(request):
    """Whether the account may mark what was looked at."""
    return request.user.has_perm("subjects.add_mandatelook")


@admin.register(MandateLook)
class MandateLookAdmin(RecordAdmin):
    """Who looked at what a conference made of a mandate; marked on the page “After a conference”."""

    on_index = False
    list_display = ["resolution", "conference", "subject", "word", "looked_at_on"]
    list_select_related = ["resolution", "conference", "subject"]
    list_filter = ["conference"]
    search_fields = ["resolution__slug", "subject__code", "subject__title_en", "word"]
    autocomplete_fields = ["subject", "resolution", "conference"]
    fields = ["subject", "resolution", "conference", "word", "looked_at_on", "said_by"]


def of_the_subject(request, subject):
    """The way to the page for one subject, as (label, address); none where the account may not mark anything."""
    if may_look(request):
        address = admin_address(Resolution, page="after_a_conference", subject=subject.code)
        yield gettext_lazy("Mandates after a conference…"), address


def print_changes(subject, on):
    """What conferences made of the mandates of a subject, who has to look, and who did: lines for its page."""
    changes = changes_of(changed_mandates(on).filter(subject=subject))
    if not changes:
        return _("No conference since November 2025 changed a resolution behind it, as far as is recorded.")
    looker = lookers_of(changes, on)[subject.pk]
    return format_html_join(mark_safe("<br>"), "{}", ((print_change(change, looker),) for change in changes))


def print_change(change, looker):
    """“WTDC Res. 9 (Rev. Baku, 2025): revised by WTDC-25; to be looked at by the Coordinator: Ms Ina Sample”."""
    names = {"citation": change.citation, "kind": change.kind_in_words, "conference": change.conference}
    said = _("%(citation)s: %(kind)s, %(conference)s") % names
    if change.look:
        looked = {"day": print_date(change.look.looked_at_on), "word": change.look.word}
        return with_semicolons([said, _("looked at on %(day)s: “%(word)s”") % looked])
    return with_semicolons([said, _("to be looked at by %(who)s") % {"who": looker}])
