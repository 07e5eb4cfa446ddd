"""Prints what was measured beside its target, and remembers whether anything missed it."""


class Report:
    """Tables of measures. `missed` counts the cells that miss their target; they are marked with an exclamation."""

    def __init__(self):
        self.missed = 0

    def table(self, title, columns, rows):
        """Print a table. A cell is a text, or (value, format, verdict) where None is “no target”."""
        lines = [columns, *([self._text(cell) for cell in row] for row in rows)]
        widths = [max(len(line[place]) for line in lines) for place in range(len(columns))]
        print(f"\n{title}")
        for number, line in enumerate(lines):
            cells = [
                line[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)),
            ]
            print("  " + "   ".join(cells).rstrip())
            if number == 0:
                print("  " + "   ".join("-" * width for width in widths))

    def _text(self, cell):
        if isinstance(cell, str):
            return cell
        value, form, met = cell
        self.missed += met is False
        return format(value, form) + {True: "  ", False: " !", None: "  "}[met]


def at_least(value, target, form=".2f"):
    """A cell that should reach its target."""
    return value, form, value >= target


def at_most(value, target, form=".2f"):
    """A cell that should not exceed its target."""
    return value, form, value <= target


def noted(value, form=",.0f"):
    """A cell without a target."""
    return value, form, None
