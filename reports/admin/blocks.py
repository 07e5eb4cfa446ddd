"""“Text…”: the blocks of a draft, one page to write each of them, and a look at the whole."""

from django import forms
from django.conf import settings
from django.http import Http404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from iscg_portal.adminkit.act_pages import ActForm, attempt
from iscg_portal.adminkit.site import desk_page
from iscg_portal.languages import LANGUAGE_OF_PREFIX, PREFIX_OF_LANGUAGE, direction_of_language, in_a_row
from iscg_portal.text_fields import TypedText
from reports.acts import blocks as block_acts
from reports.acts.annual_reports import not_possible
from reports.acts.blocks import generated_texts, moved, prefix_of, seen_by_writer
from reports.composing import block_names, in_place_of, notice_of, sections, tree_of, whole_of
from reports.facts import gather
from reports.models import ReportBlock
from reports.renditions.page import sections_html
from reports.renditions.words import full_title

FROZEN = gettext_lazy("What was published is frozen; its page shows it.")
KEPT = gettext_lazy("Nothing was saved; what you wrote is still here. Keep a copy of it.")
CHANGED_MEANWHILE = gettext_lazy(
    "The record changed while you wrote. Nothing was saved yet; what you typed is kept below. Look at the text from the"
    " record as it is now, and save again."
)


def too_late(report):
    """What is said to whoever sends a page that was open while the report was a draft; blank while it is one."""
    if report.state == report.State.DRAFT:
        return ""
    return f"{FROZEN if report.is_public else not_possible(report.code, report.state)} {KEPT}"


class BlockForm(ActForm):
    """What stands in the block; the Markdown in each language, and what the writer had before them."""

    mode = forms.ChoiceField(
        label=gettext_lazy("In the report"), choices=ReportBlock.Mode.choices, widget=forms.RadioSelect
    )

    def __init__(self, report, beside, *args, **kwargs):
        """`beside`: what the record says in each language, by prefix: a translator reads it beside the field."""
        super().__init__(*args, **kwargs)
        first = report.original_language
        languages = sorted(settings.LANGUAGES, key=lambda pair: pair[0] != first)
        for code, label in languages:
            attrs = {"rows": 14, "cols": 90, "lang": code, "dir": direction_of_language(code)}
            self.fields[f"text_{PREFIX_OF_LANGUAGE[code]}"] = TypedText(
                label=label, required=False, strip=False, widget=forms.Textarea(attrs=attrs)
            )
            if code != first and beside[PREFIX_OF_LANGUAGE[code]]:
                self.fields[f"text_{PREFIX_OF_LANGUAGE[code]}"].help_text = _beside(beside, code, attrs["dir"])
        for name in ("opened", "shown"):
            self.fields[name] = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
        texts = [f"text_{PREFIX_OF_LANGUAGE[code]}" for code, _label in languages]
        self.fieldsets = [
            (None, {"fields": ["mode"]}),
            (_("By hand, in Markdown"), {"fields": texts[:1]}),
            (_("In other languages"), {"classes": ["collapse"], "fields": texts[1:]}),
            (None, {"fields": ["reason", "opened", "shown"]}),
        ]

    def texts(self):
        """The Markdown by prefix; line ends as everywhere."""
        data = self.cleaned_data
        return {prefix: data[f"text_{prefix}"].replace("\r\n", "\n") for prefix in LANGUAGE_OF_PREFIX}


def _beside(beside, code, direction):
    """What stands in the report in a language that nobody wrote by hand."""
    return format_html(
        '<details><summary>{}</summary><pre lang="{}" dir="{}">{}</pre></details>',
        _("What the record says in this language"),
        code,
        direction,
        beside[PREFIX_OF_LANGUAGE[code]],
    )


class BlockPages:
    """Mixin of the report's ModelAdmin: the pages of its text."""

    def get_urls(self):
        wrap, name = self.admin_site.admin_view, "reports_annualreport"
        return [
            path("<path:object_id>/text/", wrap(self.text_view), name=f"{name}_text"),
            path("<path:object_id>/text/<path:key>/", wrap(self.block_view), name=f"{name}_block"),
            path("<path:object_id>/preview/", wrap(self.preview_view), name=f"{name}_preview"),
            *super().get_urls(),
        ]

    def object_acts(self, request, obj):
        yield from super().object_acts(request, obj)
        if not obj.is_public:
            yield _("Text…"), self.act_url("text", obj)
            yield _("Preview…"), self.act_url("preview", obj)

    def text_view(self, request, object_id):
        """The blocks of the report in their order, and where the record moved under a hand edit."""
        report = self._unpublished(request, object_id)
        facts = gather(report)
        texts, names = generated_texts(report, facts), block_names(facts)
        blocks = {block.key: block for block in report.blocks.all()}
        listed = [
            {
                "section": f"{number}. {title}",
                "name": names.get(key, key),
                "block": block,
                "empty": key not in texts,
                "languages": in_a_row(sorted(block.texts)),
                "moved": bool(moved(report, block, texts.get(key, ""))),
                "url": reverse("admin:reports_annualreport_block", args=[report.pk, key]),
            }
            for _key, number, title, _annex, keys in sections(report)
            for whole in keys
            for key in dict.fromkeys([whole, *in_place_of(whole, texts, blocks)])
            for block in [blocks.get(key) or ReportBlock(report=report, key=key)]  # a part, or of an older draft
        ]
        may_write = report.state == "draft" and self.has_change_permission(request, report)
        context = {"blocks": listed, "may_write": may_write, "notice": notice_of(report)}
        title = _("Text of %(report)s") % {"report": report}
        return self._page(request, report, "admin/report_blocks.html", title=title, **context)

    def block_view(self, request, object_id, key):
        """Write one block; what the record says now, said then, and the difference stand above the form.

        Who had the page open while the report was published, or while the record lost the part, keeps what was typed.
        """
        is_sent = request.method == "POST"
        report = self._unpublished(request, object_id, is_sent=is_sent)
        self.require(self.has_change_permission(request, report))
        block = block_acts.block_of(report, key)
        if block is None:
            raise Http404(_("There is no such block."))
        facts = gather(report)
        beside, name = block_acts.texts_of_record(report, key, facts), block_names(facts).get(key, key)
        if not (is_sent or block.pk or any(beside.values()) or not whole_of(key)):
            raise Http404(_("There is no such block."))
        now = beside[prefix_of(report)]
        form = BlockForm(report, beside, request.POST or None, initial=self._beginning(report, block, now))
        if is_sent:
            written = form.is_valid() and self._written(request, form, block, now)
            if written:
                return self.act_done(request, _what_happened(written, block, name), url=self.act_url("text", report))
            if block.pk:
                block.refresh_from_db()
        context = {
            "now": now,
            "seen": seen_by_writer(report, block),
            "difference": moved(report, block, now),
            "lead": block_acts.length_problem(block, now),
            "name": name,
        }
        title = _("%(report)s: write “%(block)s”") % {"report": report, "block": name}
        page = self.act_page(request, report, form, title=title, act=_("Save the block"), block=block, **context)
        page.template_name = "admin/report_block.html"
        return page

    def _written(self, request, form, block, now):
        """The saved block, or None; what was typed is kept, and a refusal that was shown does not come again."""
        if refused := too_late(block.report):
            form.add_error(None, refused)
            return None
        data, version, texts = form.cleaned_data, block_acts.version_of(block), form.texts()
        page = {"shown": data["shown"].replace("\r\n", "\n"), "opened": data["opened"]}
        mode = block_acts.meant_mode(block, data["mode"], texts, **page)
        if mode == ReportBlock.Mode.EDITED and page["shown"] != now:
            form.add_error(None, CHANGED_MEANWHILE)
            form.show_anew(shown=now)
        if refused := block_acts.saved_since(block, page["opened"], mode, texts, shown=page["shown"]):
            form.add_error(None, refused)
            form.show_anew(opened=version)
        if form.errors:
            return None
        return attempt(
            form, lambda: block_acts.write(block, mode, texts, **page, by=request.user, reason=data["reason"])
        )

    @staticmethod
    def _beginning(report, block, now):
        texts = {f"text_{prefix}": text for prefix, text in block.texts.items()}
        first = {f"text_{prefix_of(report)}": now}
        return {"mode": block.mode, "opened": block_acts.version_of(block), "shown": now, **first, **texts}

    def preview_view(self, request, object_id):
        """The whole report as it would be published now, in one language."""
        report = self._unpublished(request, object_id)
        prefix = request.GET.get("language", prefix_of(report))
        if prefix not in LANGUAGE_OF_PREFIX:
            raise Http404(_("The portal has no such language."))
        blocks = {block.key: block for block in report.blocks.all()}
        with override(LANGUAGE_OF_PREFIX[prefix]):
            tree = tree_of(report, gather(report), blocks, prefix)
            text = mark_safe(sections_html(tree, prefix))  # every part of it is escaped or cleaned
        languages = [(PREFIX_OF_LANGUAGE[code], label) for code, label in settings.LANGUAGES]
        context = {
            "text": text,
            "heading": full_title(tree, prefix),
            "lang": LANGUAGE_OF_PREFIX[prefix],
            "languages": languages,
        }
        context["notice"] = notice_of(report)
        title = _("Preview of %(report)s") % {"report": report}
        return self._page(request, report, "admin/report_preview.html", title=title, **context)

    def _unpublished(self, request, object_id, *, is_sent=False):
        report = self.object_or_404(request, object_id)
        self.require(self.has_view_permission(request, report))
        if report.is_public and not is_sent:
            raise Http404(FROZEN)
        return report

    def _page(self, request, report, template, **context):
        return desk_page(request, template, opts=self.opts, object=report, report=report, **context)


def _what_happened(written, before, name):
    """The message after a block was saved: what now stands in the report, and what became of a text by hand."""
    words = {"block": name}
    if written.mode == ReportBlock.Mode.EDITED:
        languages = dict(settings.LANGUAGES)
        changed = [prefix for prefix, text in written.texts.items() if text != before.texts.get(prefix)]
        words["languages"] = in_a_row(str(languages[LANGUAGE_OF_PREFIX[prefix]]) for prefix in sorted(changed))
        if changed:
            return _("%(block)s stands in the report as written by hand. Saved: %(languages)s.") % words
        return _("%(block)s stands in the report as written by hand; no text was changed.") % words
    said = _("%(block)s is left out of the report.")
    if written.mode == ReportBlock.Mode.LIVE:
        said = _("%(block)s follows the record.")
    kept = _("The text by hand is kept here, and does not stand in the report.") if written.texts else ""
    return f"{said % words} {kept}".strip()
