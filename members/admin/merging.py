"""“Merge…”: the page on which two records of one person become one, over `members.acts.merge_persons`."""

from django import forms
from django.http import HttpResponseRedirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import ActForm, attempt
from members.acts import merge_persons
from members.admin.replacing import offer
from members.models import Person


class MergeForm(ActForm):
    """Which record is the duplicate, and why."""

    duplicate = forms.ModelChoiceField(
        Person.objects,
        label=gettext_lazy("The other record"),
        help_text=gettext_lazy("It is removed; its address goes on leading to the record that is kept."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why are they one person?"),
        max_length=1000,
        widget=forms.TextInput(attrs={"size": 60}),
    )
    field_order = ["duplicate", "reason"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offer(self.fields["duplicate"], "person")


class Mergeable:
    """Mixin of the person's ModelAdmin: the page `…/merge/` and its button."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.merge_view)
        return [path("<path:object_id>/merge/", view, name="members_person_merge"), *super().get_urls()]

    def may_merge(self, request, obj=None):
        """Merging changes one person and removes another."""
        return self.has_change_permission(request, obj) and self.has_delete_permission(request)

    def object_acts(self, request, obj):
        acts = super().object_acts(request, obj)
        if self.may_merge(request, obj):
            acts.append((_("Merge…"), self.act_url("merge", obj)))
        return acts

    def merge_view(self, request, object_id):
        keep = self.object_or_404(request, object_id)
        self.require(self.may_merge(request, keep))
        form = MergeForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            duplicate, reason = form.cleaned_data["duplicate"], form.cleaned_data["reason"]
            words = {"duplicate": duplicate, "keep": keep}

            def act():
                merge_persons(keep, duplicate, reason=reason, by=request.user)
                return True

            if attempt(form, act):
                self.log_change(request, keep, _("Merged with “%(duplicate)s”.") % words)
                self.act_done(request, _("“%(duplicate)s” is now one with “%(keep)s”.") % words)
                return HttpResponseRedirect(self.change_url(keep))
        lead = _(
            "Everything of the other record comes to “%(person)s”: offices, nominations, the account and contact data."
        )
        title = _("Merge another record into %(person)s") % {"person": keep}
        return self.act_page(request, keep, form, title=title, act=_("Merge"), lead=lead % {"person": keep})
