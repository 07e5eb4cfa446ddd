"""Requests that bring too much, that were cut off, and files whose names deceive."""

import io

import pytest
from django import forms
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from iscg_portal.files.uploads import LARGEST_REQUEST, CheckedFileField
from iscg_portal.urls import urlpatterns as portal_addresses
from tests import made_up_files as made


class Form(forms.Form):
    """A file."""

    file = CheckedFileField()


def take(request):
    """Says what the form says of the file."""
    form = Form(request.POST, request.FILES)
    said = f"{form.cleaned_data['file'].kind.code}" if form.is_valid() else form.errors["file"][0]
    return HttpResponse(said)


urlpatterns = [path("take/", take), *portal_addresses]
handler400 = "iscg_portal.web.errors.bad_request"


@pytest.fixture
def send():
    """Send the body of a form as it stands; `announced` is the length that the request claims."""

    def sent(content, name="paper.docx", announced=None, end="\r\n--mark--\r\n"):
        head = f'--mark\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + end.encode()
        asked = {"CONTENT_LENGTH": str(announced or len(body)), "wsgi.input": io.BytesIO(body)}
        with override_settings(ROOT_URLCONF=__name__):
            return Client().generic("POST", "/take/", b"-", "multipart/form-data; boundary=mark", **asked)

    return sent


def test_a_good_file_is_taken(send):
    assert send(made.docx().getvalue()).content == b"docx"


def test_a_gigabyte_is_refused_before_it_is_read(send):
    response = send(b"only the beginning", announced=1_000_000_000)
    assert response.status_code == 413
    assert "larger than 100 MB" in response.content.decode()


def test_what_comes_in_pieces_without_its_length_is_refused_unread(send):
    with override_settings(ROOT_URLCONF=__name__):
        unread = io.BytesIO(b"x" * 1000)
        asked = {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": unread}
        response = Client().generic("POST", "/take/", b"-", "multipart/form-data; boundary=mark", **asked)
    assert response.status_code == 411 and unread.tell() == 0
    assert "did not say how long it is" in response.content.decode()


def test_the_next_request_works(send):
    send(b"x", announced=LARGEST_REQUEST + 1)
    assert send(made.docx().getvalue()).status_code == 200


def test_an_upload_that_was_cut_off_is_refused_as_a_whole(send):
    whole = made.docx("x" * 5_000).getvalue()
    response = send(whole[:300], announced=len(whole) + 200, end="")
    assert response.status_code == 400
    assert "The upload was cut off before its end" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("../../paper.docx", "a slash"),
        ("folder/paper.docx", "a slash"),
        ("..\\..\\paper.docx", "a slash"),
        ("paper\u202excod.docx", "invisible marks"),
        ("paper\u200f.docx", "invisible marks"),
        ("paper\x07.docx", "invisible marks"),
        ("p" * 300 + ".docx", "longer than 200 characters"),
    ],
)
def test_a_name_that_deceives_is_refused_as_it_was_sent(send, name, sentence):
    assert sentence in send(made.docx().getvalue(), name).content.decode()


@pytest.mark.parametrize(
    "name", ["Проект ТЗ.docx", "文件 (2).docx", "اقتراح.docx", "pâté & “quoted”; a=1.docx", "p" * 195 + ".docx"]
)
def test_a_name_in_any_script_is_taken(send, name):
    assert send(made.docx().getvalue(), name).content == b"docx"


def test_a_file_that_is_not_what_its_name_says_is_refused(send):
    assert "The name ends in “.pdf”" in send(made.docx().getvalue(), "paper.pdf").content.decode()


def test_an_empty_file_is_refused_in_our_words(send):
    assert send(b"").content.decode() == "The file is empty."
