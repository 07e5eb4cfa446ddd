"""Fields and rows on the page of a record.

A large form has 165 fields: here they are put together without a template, which would ask twenty questions about each.
"""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

register = template.Library()


@register.filter
def acts_in(row, inline):
    """(label, address) of the acts on a row, in the inline that shows it."""
    return inline.acts_of(row)


@register.simple_tag
def fields_of(fieldset):
    """The lines of a fieldset, as Django's `fieldset.html` prints them; a test holds them to each other."""
    refused = bool(fieldset.form.errors)
    return mark_safe("".join(_line(line, refused) for line in fieldset))


def _line(line, refused):
    fields = list(line)
    several = len(fields) > 1
    errors = line.errors() if refused and not several else ""
    names = "".join(f" field-{_name(field)}" for field in fields)
    inside = f"{errors}{''.join(_field(field, several, refused) for field in fields)}"
    if several:
        inside = f'<div class="flex-container form-multiline">{inside}</div>'
    return (
        f'<div class="form-row{" errors" if errors else ""}{"" if line.has_visible_field else " hidden"}{names}">'
        f"{inside}</div>"
    )


def _name(field):
    """Of what is only read, that of a function too."""
    return field.field["name"] if field.is_readonly else field.field.name


def _field(field, several, refused):
    own = field.field  # a dictionary where it is only read
    if field.is_readonly:
        is_hidden, help_text, at = own["is_hidden"], own["help_text"], ""
        errors, shown = "", f'{field.label_tag()}<div class="readonly">{field.contents()}</div>'
    else:
        is_hidden, help_text, at = own.is_hidden, own.help_text, own.id_for_label
        errors = field.errors() if refused and several else ""
        shown = f"{own}{field.label_tag()}" if field.is_checkbox else f"{field.label_tag()}{own}"
    hidden = " hidden" if is_hidden else ""
    box = f" fieldBox field-{_name(field)}{' errors' if errors else ''}{hidden}" if several else ""
    box += " checkbox-row" if field.is_checkbox else ""
    if help_text:
        named = f' id="{at}_helptext"' if at else ""
        help_text = f'<div class="help{hidden}"{named}><div>{help_text}</div></div>'
    return f'<div>{errors}<div class="flex-container{box}">{shown}</div>{help_text}</div>'


@register.simple_tag
def cell(line, refused):
    """A line of the fieldset as a cell of a row: on a phone, where no head stands above it, it begins with its name."""
    fields = list(line)
    first = fields[0].field
    label = capfirst(first["label"] if fields[0].is_readonly else first.label)
    parts = [f'<span class="cell-name" aria-hidden="true">{conditional_escape(label)}</span>']
    for field in fields:
        if field.is_readonly:
            said = field.contents()
            parts.append(f'<p class="blank">{said}</p>' if said == "—" else f"<p>{said}</p>")
        else:
            parts += [field.errors() if refused else "", str(field.field)]
    return mark_safe(f'<td class="field-{_name(fields[0])}">{"".join(parts)}</td>')
