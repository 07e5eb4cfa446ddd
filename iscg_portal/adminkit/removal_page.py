"""“Remove as entered by mistake…” in the place of Django's deletion."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iscg_portal.adminkit.act_pages import PublicActForm, attempt, reason_field
from iscg_portal.adminkit.undo_page import came_with
from iscg_portal.history import parts_of, remove_mistake
from iscg_portal.search.following import made_anew_together


class RemovalForm(PublicActForm):
    """Why the row was a mistake."""

    reason = reason_field(
        gettext_lazy("Why was this a mistake?"),
        gettext_lazy("The history keeps the row and this reason, which only staff read."),
    )


class RemovalPage:
    """Mixin of a ModelAdmin: the ordinary address of deletion asks for a reason and says what goes along."""

    def get_actions(self, request):
        """Nothing is removed in bulk."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def stays_because(self, obj):
        """Why the record can no longer be removed, as a sentence; blank while it can."""
        return self.frozen_because(obj)

    def has_delete_permission(self, request, obj=None):
        """As `has_change_permission` of what is frozen."""
        is_closed = obj and request.method != "POST" and self.stays_because(obj)
        return super().has_delete_permission(request, obj) and not is_closed

    def delete_view(self, request, object_id, extra_context=None):
        obj = self.object_or_404(request, object_id)
        self.require(self.has_delete_permission(request, obj))
        form = RemovalForm(request.POST or None)
        if request.method == "POST" and form.is_valid() and self._removed(request, obj, form):
            words = {"kind": capfirst(self.opts.verbose_name), "record": obj}
            self.message_user(request, _("%(kind)s “%(record)s” was removed.") % words, messages.SUCCESS)
            return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))
        try:
            context = {"parts": parts_of(obj, by=request.user), "asked": self._asked(obj)}
        except ValidationError as error:
            # Of a page that is sent the form has the sentence, and keeps the reason.
            context = {} if form.is_bound else {"refusal": error.messages[0]}
        context["came_with"] = came_with(obj, request.user)
        title = _("Remove as entered by mistake")
        return self.act_page(request, obj, form, title=title, act=_("Remove"), danger=True, **context)

    def _asked(self, obj):
        """What removing the row asks, found by trying it."""
        pk = obj.pk
        try:
            with transaction.atomic(), made_anew_together():
                remove_mistake(obj, reason="-")
                transaction.set_rollback(True)
        except ValidationError as error:
            return [error]
        finally:
            obj.pk = pk
        return []

    def _removed(self, request, obj, form):
        if stays := self.stays_because(obj):
            form.add_error(None, stays)
            return None
        pk = obj.pk

        def act():
            self.log_deletions(request, [obj])
            remove_mistake(obj, reason=form.cleaned_data["reason"], by=request.user, answers=form.answers)

        with transaction.atomic():
            done = attempt(form, act)
        obj.pk = pk
        return done
