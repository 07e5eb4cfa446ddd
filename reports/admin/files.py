"""The files of a report in the admin: how far each is, “Make the files…”, and old reports that exist only as files."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.template.defaultfilters import filesizeformat
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from iscg_portal.adminkit.act_pages import ActForm, attempt
from iscg_portal.adminkit.inlines import RowsToSee
from iscg_portal.adminkit.looking_again import load_again, stays
from iscg_portal.files.uploads import PaperField
from iscg_portal.personal_addresses import no_personal_address
from iscg_portal.tenure.day_field import DayInput
from iscg_portal.tenure.typed_dates import LONGEST_DATE
from iscg_portal.text_fields import TypedLine, WideLine
from reports.acts import annual_reports as acts
from reports.acts.archive import add_archived_file, put_in_archive
from reports.models import Rendition
from reports.rendering import ask_again

State = Rendition.State
LANGUAGES = [("", "—"), *settings.LANGUAGES]


class MakeForm(ActForm):
    """Nothing to fill in."""

    reason = None


class RenditionRows(RowsToSee):
    """Which files are made, being made, in the queue or failed."""

    model = Rendition
    fields = ["language", "kind", "how_far", "claimed_at", "error"]
    show_change_link = False
    verbose_name_plural = gettext_lazy("files made from its text")
    classes = ["collapse"]
    related = ("stored", "report")

    @admin.display(description=gettext_lazy("how far"))
    def how_far(self, rendition):
        if rendition.state == State.MADE:
            return format_html('<a href="{}">{}</a>', rendition.url, filesizeformat(rendition.stored.size))
        if rendition.is_stopped(timezone.now()):
            return _("was stopped halfway; it is made again by itself")
        if rendition.state == State.BEING_MADE:
            return _("being made, %(percent)d %%") % {"percent": rendition.progress}
        return _("in the queue") if rendition.state == State.TO_MAKE else _("failed")


class Making:
    """Mixin of the report's ModelAdmin: the line that sums the files up, and the act that has them made again."""

    acts_of_it = ("make",)

    def get_object(self, *args, **kwargs):
        """With its files, which the page asks for in three places."""
        report = super().get_object(*args, **kwargs)
        if report is not None:
            prefetch_related_objects([report], "renditions")
        return report

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        if obj.content and request.user.has_perm("reports.change_annualreport") and not _complete(obj):
            yield _("Make the files…"), self.act_url("make", obj)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """While files are made the page loads itself again: it only shows, so nothing that was typed is lost."""
        report = self.get_object(request, object_id)
        if request.method != "GET" or report is None or not (report.is_public and _under_way(report)):
            return super().change_view(request, object_id, form_url, extra_context)
        context = {"loads_itself": True, "stays": stays(request)} | (extra_context or {})
        return load_again(request, super().change_view(request, object_id, form_url, context))

    @admin.display(description=gettext_lazy("files"))
    def files_made(self, report):
        return summed_up(report.renditions.all())

    def make_view(self, request, object_id):
        report = self.object_or_404(request, object_id)
        self.require(request.user.has_perm("reports.change_annualreport"))
        if not report.content:
            raise Http404(_("This report has no frozen text from which files could be made."))
        form = MakeForm(request.POST or None)
        waiting = attempt(form, lambda: ask_again(report))
        if waiting is not None:
            self.log_change(request, report, _("The files were asked for again."))
            return self.act_done(request, summed_up(waiting), report)
        lead = f"{summed_up(report.renditions.all())} " + _(
            "What failed is made again, within seconds of its turn; what is made stays as it is. The page of the report"
            " says how far it is."
        )
        title = _("Make the files of %(report)s") % {"report": report}
        return self.act_page(request, report, form, title=title, act=_("Have them made"), lead=lead)


def _complete(report):
    states = {rendition.state for rendition in report.renditions.all()}
    return states == {State.MADE}


def _under_way(report):
    return any(rendition.state in (State.TO_MAKE, State.BEING_MADE) for rendition in report.renditions.all())


def summed_up(renditions):
    """“4 of 9 files are made, 1 failed.”"""
    states = [rendition.state for rendition in renditions]
    made, failed = states.count(State.MADE), states.count(State.FAILED)
    of = {"made": made, "count": len(states), "failed": failed}
    if failed:
        return _("%(made)d of %(count)d files are made; failed: %(failed)d.") % of
    return ngettext("%(made)d of %(count)d file is made.", "%(made)d of %(count)d files are made.", len(states)) % of


class FileForm(ActForm):
    """A file in one language."""

    file = PaperField()
    language = forms.ChoiceField(label=gettext_lazy("Language of the file"), choices=LANGUAGES)
    decision = WideLine(
        label=gettext_lazy("Reason for publishing it anyway"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Only for a file with personal addresses, which is refused without a reason."),
    )
    field_order = ["file", "language", "decision"]

    def given(self, by):
        """What the acts take of it."""
        data = self.cleaned_data
        file = {"file": data["file"].file, "kind": data["file"].kind, "language": data["language"]}
        return {**file, "decision": data["decision"], "reason": data["reason"], "by": by}


class ArchiveForm(FileForm):
    """An old report: its first file, and what is known of it."""

    period = TypedLine(
        label=gettext_lazy("Year or period"),
        max_length=LONGEST_DATE,
        help_text=gettext_lazy("As 2019, or 2019-01-01..2019-06-30."),
    )
    number = TypedLine(label=gettext_lazy("Document number"), max_length=60, required=False)
    dated_on = DayInput(
        label=gettext_lazy("Date"),
        required=False,
        has_happened=True,
        help_text=gettext_lazy("The day that the report bears."),
    )
    place = TypedLine(
        label=gettext_lazy("Place"), max_length=200, required=False, validators=[no_personal_address]
    )  # fmt: skip
    original_language = forms.ChoiceField(label=gettext_lazy("Original language"), choices=settings.LANGUAGES)
    field_order = ["period", "number", "dated_on", "place", "original_language", "file", "language", "decision"]

    def given(self, by):
        names = ("period", "number", "dated_on", "place", "original_language")
        return super().given(by) | {name: self.cleaned_data[name] for name in names}


class Archiving:
    """Mixin of the report's ModelAdmin: the two pages that bring a file, and their buttons."""

    acts_of_it = ("file",)

    def get_urls(self):
        view = self.admin_site.admin_view(self.archive_view)
        return [path("archive/", view, name="reports_annualreport_archive"), *super().get_urls()]

    def may_add_file(self, request):
        """Whether the account may add a file, which is public at once."""
        return request.user.has_perms(["reports.add_reportfile", acts.PUBLISH])

    def may_archive(self, request):
        """Whether the account may put an old report among the public ones."""
        return self.may_open(request) and self.may_add_file(request)

    def list_acts(self, request):
        button = [(_("Upload an old report…"), reverse("admin:reports_annualreport_archive"))]
        return [*super().list_acts(request), *(button if self.may_archive(request) else [])]

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        if obj.is_archive and obj.state == "published" and self.may_add_file(request):
            yield _("Add a file…"), self.act_url("file", obj)

    def archive_view(self, request):
        self.require(self.may_archive(request))
        first = {"original_language": "en", "language": "en"}
        form = ArchiveForm(request.POST or None, request.FILES or None, initial=first)
        report = attempt(form, lambda: put_in_archive(**form.given(request.user)))
        if report is not None:
            self.log_addition(request, report, _("Put in the archive."))
            return self.act_done(
                request, _("%(report)s is public among the annual reports.") % {"report": report}, report
            )
        lead = _("For a report that exists only as a file. It is public as soon as you press the button.")
        return self.act_page(request, None, form, title=_("Upload an old report"), act=_("Put it in"), lead=lead)

    def file_view(self, request, object_id):
        report = self.object_or_404(request, object_id)
        self.require(self.may_add_file(request))
        form = FileForm(request.POST or None, request.FILES or None)
        file = attempt(form, lambda: add_archived_file(report, **form.given(request.user)))
        if file is not None:
            self.log_change(request, report, _("File %(name)s added.") % {"name": file})
            return self.act_done(
                request, _("%(report)s has the file %(name)s.") % {"report": report, "name": file}, report
            )
        title = _("Add a file to %(report)s") % {"report": report}
        return self.act_page(request, report, form, title=title, act=_("Add the file"))
