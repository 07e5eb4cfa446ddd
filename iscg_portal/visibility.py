"""What the public may see of a model: which rows, and which columns of them.

A model names its private columns in one place, as in `PRIVATE = ("note",)`. `public()` leaves them unread, so that
no page, file, feed or calendar can print them by mistake; a test fails where one is loaded after all.
"""

from functools import cache

from django.contrib.auth.models import AnonymousUser
from django.db import models

from iscg_portal.odd_rows import printable


class PublicQuerySet(models.QuerySet):
    """Base of the querysets of every model that the public sees."""

    def _fetch_all(self):
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new:
            self._result_cache = printable(self._result_cache)

    def public(self):
        """The rows that an anonymous visitor may see, with the private columns of the model unread."""
        rows = self.visible_to(AnonymousUser()) if hasattr(self, "visible_to") else self
        return rows.defer(*private_columns(self.model))

    def join_public(self, *paths):
        """`select_related`, with the private columns of the models along these paths unread.

        It joins rows and does not filter them: a relation to rows that the public may not see needs a filter.
        """
        private = [column for path in paths for column in _private_along(self.model, path)]
        return self.select_related(*paths).defer(*private)


@cache
def private_columns(model) -> tuple[str, ...]:
    """The names of the columns of the model that are for staff only, its own and those of its bases."""
    named = (vars(base).get("PRIVATE", ()) for base in model.__mro__)
    return tuple(dict.fromkeys(column for columns in named for column in columns))


def _private_along(model, path):
    before = ""
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
        before += f"{name}__"
        yield from (f"{before}{column}" for column in private_columns(model))
