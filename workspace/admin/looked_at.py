"""Records that the portal writes itself: pages to look at, in the words of what they are."""

from django.contrib import admin
from django.utils.text import capfirst

from iscg_portal.adminkit.base import OnlySeen, SeenLookups


class LookedAt(OnlySeen, SeenLookups, admin.ModelAdmin):
    """What the portal writes itself: it can be looked at, not changed."""

    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    change_form_template = "admin/looked_at.html"

    def get_readonly_fields(self, request, obj=None):
        return [field.name for field in self.opts.fields if field.name != "id"]

    def changelist_view(self, request, extra_context=None):
        context = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, context | (extra_context or {}))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {"title": str(obj), "subtitle": capfirst(self.opts.verbose_name)}
        return super().render_change_form(request, context, add, change, form_url, obj)
