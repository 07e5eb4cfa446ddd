"""Registers with Django what happened in the record."""

from django.apps import AppConfig


class ChangesConfig(AppConfig):
    name = "changes"
    verbose_name = "Changes"

    def ready(self):
        from changes import activities, events, offices, papers, removals, subjects

        for newest in (offices.newest_of_offices, activities.newest_of_what_is_held, papers.newest_of_documents):
            events.register(newest)
        events.register(subjects.newest_of_editions)
        events.register(removals.newest_removed)
