"""Renders the plainest widgets and labels without a template each: a large form takes a quarter less time.

What they print is that of Django's templates `input.html`, `textarea.html`, `multiwidget.html`, `select.html`,
`select_option.html`, `attrs.html` and `label.html`; a test holds them to each other. Other widgets have their template.
"""

from html import escape

from django.forms.renderers import DjangoTemplates
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

PLACE = "django/forms/widgets/"
INPUTS = {f"{PLACE}{kind}.html" for kind in ("checkbox", "date", "email", "hidden", "input", "number", "text", "url")}
TEXTAREA, SEVERAL = f"{PLACE}textarea.html", f"{PLACE}multiwidget.html"
SELECT, OPTION = f"{PLACE}select.html", f"{PLACE}select_option.html"
LABEL, ERRORS = "django/forms/label.html", "django/forms/errors/list/ul.html"


class PlainWidgets(DjangoTemplates):
    """Django's own renderer, but for these."""

    def render(self, template_name, context, request=None):
        if template_name in INPUTS:
            return mark_safe(_input(context["widget"]))
        if template_name == TEXTAREA:
            return mark_safe(_textarea(context["widget"]))
        if template_name == SEVERAL:
            parts = context["widget"]["subwidgets"]
            return mark_safe("".join(self.render(part["template_name"], {"widget": part}) for part in parts))
        if template_name == SELECT:
            return mark_safe(_select(self, context["widget"]))
        if template_name == LABEL and context["use_tag"]:
            tag = context["tag"]
            return mark_safe(f"<{tag}{_attrs(context)}>{conditional_escape(context['label'])}</{tag}>")
        if template_name == ERRORS and not context["errors"]:
            return ""
        return super().render(template_name, context, request)


def _input(widget):
    value = widget["value"]
    said = "" if value is None else f' value="{_as_text(value)}"'
    return f'<input type="{_as_text(widget["type"])}" name="{_as_text(widget["name"])}"{said}{_attrs(widget)}>'


def _textarea(widget):
    said = _as_text(widget["value"] or "")
    return f'<textarea name="{_as_text(widget["name"])}"{_attrs(widget)}>\n{said}</textarea>'


def _select(renderer, widget):
    parts = [f'<select name="{_as_text(widget["name"])}"{_attrs(widget)}>']
    for group, options, _index in widget["optgroups"]:
        parts += [f'\n  <optgroup label="{conditional_escape(group)}">'] if group else []
        parts += [f"\n  {_option(renderer, option)}" for option in options]
        parts += ["\n  </optgroup>"] if group else []
    return "".join([*parts, "\n</select>"])


def _option(renderer, option):
    if option["template_name"] != OPTION:
        return renderer.render(option["template_name"], {"widget": option})
    label = conditional_escape(localize(option["label"]))
    return f'<option value="{_as_text(option["value"])}"{_attrs(option)}>{label}</option>'


def _attrs(widget):
    """“True” stands as a name alone; “False” not at all."""
    said = ((_as_text(name), value) for name, value in (widget["attrs"] or {}).items() if value is not False)
    return "".join(f" {name}" if value is True else f' {name}="{_as_text(value)}"' for name, value in said)


def _as_text(value):
    return value if isinstance(value, SafeString) else escape(str(value))
