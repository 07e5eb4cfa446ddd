"""The secretariats of the advisory groups in the admin, and the files that are for them alone."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import ActForm, attempt
from iscg_portal.adminkit.admin_rights import never
from iscg_portal.adminkit.base import RecordAdmin
from iscg_portal.adminkit.history import print_value
from iscg_portal.adminkit.inlines import RowsToSee
from iscg_portal.files import stored as stored_files
from iscg_portal.files.uploads import PaperField
from iscg_portal.fixed_terms import body_in_words
from iscg_portal.text_fields import LanguageField
from reports.admin.transmissions import TransmissionAdmin
from reports.models import Transmission
from workspace.models import GroupFile, GroupSecretariat
from workspace.transmissions.models import add_file


@admin.register(GroupSecretariat)
class GroupSecretariatAdmin(RecordAdmin):
    """Which account works for the secretariat of which group, from when to when."""

    list_display = ["group", "account", "starts_on", "ends_on"]
    list_filter = ["group"]
    list_select_related = ["group", "account"]
    search_fields = ["account__email", "account__name"]
    autocomplete_fields = ["account"]
    fields = ["account", "group", "starts_on", "ends_on"]


class GroupFileForm(ActForm):
    """A file in one language, and whether the group's secretariat may have it early."""

    file = PaperField()
    language = LanguageField(label=gettext_lazy("Language of the file"))
    is_early = forms.BooleanField(
        label=gettext_lazy("Before publication"),
        required=False,
        help_text=gettext_lazy("The group’s secretariat may have it before the report is public."),
    )
    field_order = ["file", "language", "is_early", "reason"]

    def added_to(self, transmission, by):
        """The file, kept with the transmission."""
        sent = self.cleaned_data["file"]
        return add_file(transmission, **self.cleaned_data | {"file": sent.file, "kind": sent.kind, "by": by})


@admin.display(description=GroupFile._meta.get_field("is_early").verbose_name, ordering="is_early")
def early(file):
    return print_value(GroupFile._meta.get_field("is_early"), file.is_early)


class GroupFileRows(RowsToSee):
    """The files of a transmission that are for the group's secretariat alone."""

    model = GroupFile
    fields = ["name", "language", early]


class FilesForGroups:
    """Mixin of the transmission's ModelAdmin: the page `…/file/`, its button, and the files that are there."""

    acts_of_it = ("file",)

    def get_inlines(self, request, obj):
        return [*super().get_inlines(request, obj), GroupFileRows]

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        if request.user.has_perm("workspace.add_groupfile"):
            yield _("Add a file for the group…"), self.act_url("file", obj)

    def file_view(self, request, object_id):
        transmission = self.object_or_404(request, object_id)
        self.require(request.user.has_perm("workspace.add_groupfile"))
        form = GroupFileForm(request.POST or None, request.FILES or None, initial={"language": "en"})
        file = attempt(form, lambda: form.added_to(transmission, request.user))
        if file is not None:
            words = {"name": file}
            self.log_change(request, transmission, _("File %(name)s added.") % words)
            sentence = _("The group’s secretariat can now get the file %(name)s.") % words
            return self.act_done(request, sentence, transmission)
        words = {"transmission": transmission, "group": body_in_words(transmission.group_id)}
        lead = _("Only the secretariat of %(group)s sees it, in its workspace.") % words
        title = _("Add a file for the group: %(transmission)s") % words
        return self.act_page(request, transmission, form, title=title, act=_("Add the file"), lead=lead)


admin.site.unregister(Transmission)


@admin.register(Transmission)
class TransmissionWithFilesAdmin(FilesForGroups, TransmissionAdmin):
    """A transmission with the files for the group's secretariat."""


@admin.register(GroupFile)
class GroupFileAdmin(RecordAdmin):
    """A file for an advisory group's secretariat: added on the transmission's page."""

    on_index = False
    list_display = ["transmission", "language", "kind", early]
    list_select_related = ["transmission__report"]
    search_fields = ["transmission__report__code"]
    fields = ["transmission", "language", "kind", "is_early", "content"]
    readonly_fields = ["transmission", "language", "kind", "content"]
    acts_of_it = ("content",)
    has_add_permission = never

    def content(self, file):
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:workspace_groupfile_content", args=[file.pk]), file.name
        )

    def content_view(self, request, object_id):
        file = self.object_or_404(request, object_id)
        self.require(self.has_view_permission(request, file))
        return stored_files.answer(request, file.stored, file.name, inline=False)
