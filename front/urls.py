"""Addresses of the public pages of `front`. The sitemap, which belongs to no language, has its own."""

from django.urls import path

from front import embedding, views
from front.data_zip import data_zip
from front.examples import data_examples
from front.help_us_verify import help_us_verify
from front.search.page import search
from front.terms_of_reference import terms_of_reference
from front.views import about, forecast_page, glossary

app_name = "front"
urlpatterns = [
    path("", views.home, name="home"),
    path("about/", about, name="about"),
    path("glossary/", glossary, name="glossary"),
    path("terms-of-reference/", terms_of_reference, name="terms-of-reference"),
    path("contact/", views.contact, name="contact"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("data/", views.data, name="data"),
    path("data/fields/", views.data_fields, name="data-fields"),
    path("data/examples/", data_examples, name="data-examples"),
    path("data.zip", data_zip, name="data-zip"),
    path("embed/", embedding.embedding, name="embedding"),
    path("embed/composition/", embedding.embedded_composition, name="embedded-composition"),
    path("embed/subjects/", embedding.embedded_subjects, name="embedded-subjects"),
    path("embed/next-meeting/", embedding.embedded_next_meeting, name="embedded-next-meeting"),
    path("search/", search, name="search"),
    path("forecast/", forecast_page, name="forecast"),
    path("help-us-verify/", help_us_verify, name="help-us-verify"),
]
