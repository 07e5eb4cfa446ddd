"""“Handover file…” on the page of a term of the Chair or of a Coordinator: offered after “Replace”, shown, frozen."""

from django.conf import settings
from django.contrib import admin, messages
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from iscg_portal.adminkit.act_pages import ActForm, attempt
from iscg_portal.languages import PREFIX_OF_LANGUAGE
from iscg_portal.tenure.dates import today
from iscg_portal.text_fields import LanguageField
from members.admin.offices import ChairTermAdmin
from members.models import ChairTerm
from reports.renditions.page import sections_html
from subjects.admin.offices import CoordinatorAdmin
from subjects.models import Coordinator
from workspace.handover.acts import content_of, freeze, of_term
from workspace.handover.views import answer_with
from workspace.models import Handover


class FreezeForm(ActForm):
    """In which language."""

    language = LanguageField()
    reason = None


class HandingOver:
    """Mixin of the ModelAdmin of an office: the page `…/handover/`, its button and the frozen file."""

    acts_of_it = ("handover",)

    def get_urls(self):
        wrap, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}_handover-file"
        download = path("<path:object_id>/handover/file/", wrap(self.handover_file_view), name=name)
        return [download, *super().get_urls()]

    def may_hand_over(self, request):
        """It tells how to reach people, and is made for somebody else."""
        return request.user.has_perm("workspace.add_handover") and request.user.has_perm("members.view_contactdata")

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        open_still = obj.ends_on is None or obj.ends_on > today()
        if open_still and self.may_hand_over(request):
            yield _("Handover file…"), self.act_url("handover", obj)

    def _replaced(self, request, successor):
        """Offer the file to whoever has just entered a successor."""
        answer = super()._replaced(request, successor)
        if self.may_hand_over(request):
            said = _("%(person)s takes over what is open: make the handover file.") % {"person": successor.person}
            messages.info(request, format_html('<a href="{}">{}</a>', self.act_url("handover", successor), said))
        return answer

    def handover_view(self, request, object_id):
        """The whole of what will be frozen, then the button; afterwards the file with its hash."""
        term = self.object_or_404(request, object_id)
        self.require(self.may_hand_over(request))
        language = request.POST.get("language") or getattr(request.user, "language", "") or get_language()
        language = language if language in dict(settings.LANGUAGES) else get_language()
        form = FreezeForm(request.POST or None, initial={"language": language})
        if not form.rehearses and attempt(form, lambda: freeze(term, form.cleaned_data["language"], by=request.user)):
            sentence = _("The file is frozen. Its holder finds it in the workspace while in office.")
            return self.act_done(request, sentence, url=self.act_url("handover", term))
        prefix = PREFIX_OF_LANGUAGE[language]
        tree = content_of(term, language)["languages"][prefix]
        title, act = _("Handover file for %(person)s") % {"person": term.person}, _("Freeze it")
        page = self.act_page(request, term, form, title=title, act=act, can_preview=True)
        page.template_name = "admin/handover.html"
        page.context_data |= {
            "sections": mark_safe(sections_html(tree, prefix)),  # every part of it is escaped or cleaned
            "made": of_term(term),
            "file_url": self.act_url("handover-file", term),
        }
        return page

    def handover_file_view(self, request, object_id):
        """The frozen file."""
        term = self.object_or_404(request, object_id)
        self.require(self.may_hand_over(request))
        made = of_term(term)
        return answer_with(request, Handover.objects.filter(pk=made and made.pk))


for model, base in ((ChairTerm, ChairTermAdmin), (Coordinator, CoordinatorAdmin)):
    admin.site.unregister(model)
    admin.site.register(model, type(f"HandingOver{base.__name__}", (HandingOver, base), {"__doc__": base.__doc__}))
