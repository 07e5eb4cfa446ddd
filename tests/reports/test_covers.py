"""A report that was withdrawn or corrected is downloaded anew with a cover sheet; its frozen file stays as it is."""

import io

import pytest
from django.utils.translation import override
from pypdf import PdfReader
from pypdf.generic import ArrayObject, IndirectObject, NameObject, NumberObject

from iscg_portal.files.checks import KINDS
from iscg_portal.files.stored import keep
from iscg_portal.history import Reason
from reports.acts import annual_reports as acts
from reports.acts.transmissions import files_to_make
from reports.covers import covered_pdf, sentences
from reports.integrity import check_reports
from reports.models import Rendition, ReportFile
from reports.rendering import make_due
from reports.renditions.pdf import before
from reports.renditions.pdf import pdf as made_pdf
from tests import world as w
from tests.made_up_files import dictionary, pdf
from tests.reports.made_up_content import made_up_content
from tests.reports.test_renditions import kids_of, tagged

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(report_of_2024):
    """A published report with a PDF in English, made up; its other files are not made."""
    Rendition.objects.all().delete()
    stored = keep(io.BytesIO(pdf("Frozen words").read()), KINDS["pdf"])
    ReportFile.objects.create(report=report_of_2024, language="en", kind="pdf", stored=stored)
    return report_of_2024


@pytest.fixture(scope="module")
def cover():
    """The PDF of a sheet."""
    from weasyprint import HTML  # loads Pango, which only the making of reports needs

    return HTML(string="<html lang=en><title>T</title><p>Withdrawn</p></html>").write_pdf(pdf_variant="pdf/ua-1")


def covered(client, code="2024"):
    """The texts of the pages of the covered file, or the status where there is none."""
    answer = client.get(f"/reports/{code}/en-with-cover.pdf")
    if answer.status_code != 200:
        return answer.status_code
    return [page.extract_text() for page in PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages]


def test_a_report_that_stands_has_no_cover(report, client):
    assert covered(client) == 404
    assert "with-cover" not in client.get("/en/reports/2024/").content.decode()


def test_a_withdrawn_report_says_so_before_its_pages_and_the_frozen_file_is_unchanged(report, client):
    before = b"".join(client.get("/reports/2024/en.pdf").streaming_content)
    acts.withdraw(report, None, Reason("Made up", public="Two tables were wrong"))
    assert [made.kind for made in make_due(report)] == ["cover"]
    first, *others = covered(client)
    assert "withdrawn" in first and "Two tables were wrong" in " ".join(first.split()) and len(others) == 1
    assert b"".join(client.get("/reports/2024/en.pdf").streaming_content) == before
    assert "/reports/2024/en-with-cover.pdf" in client.get("/en/reports/2024/").content.decode()
    assert list(check_reports()) == []


def test_a_superseded_report_names_the_revision_and_its_address(report):
    w.published_correction(report, "Rev")
    report.refresh_from_db()
    [said] = sentences(report)
    assert said.startswith("This report was superseded. Revision 1 takes its place: <a ") and "/2024-rev1/</a>" in said


def test_no_revision_is_said_to_take_the_place_of_a_report_once_it_is_withdrawn(report, client):
    revision = w.published_correction(report, "Rev")
    assert "a revision takes its place" in client.get("/en/reports/2024/").content.decode()
    acts.withdraw(revision, None, Reason("Made up", public="It was wrong itself"))
    report.refresh_from_db()
    said = "This report was superseded by a revision, which was withdrawn since."
    assert sentences(report) == [said]
    page = client.get("/en/reports/2024/").content.decode()
    assert said in page and "takes its place" not in page


def test_a_cover_that_says_less_than_is_so_is_not_given_out(report, client):
    w.published_correction(report)
    make_due(report)
    assert "Corrigendum 1" in " ".join(covered(client)[0].split())
    acts.withdraw(report, None, Reason("Made up", public="Two tables were wrong"))
    assert covered(client) == 404 and "with-cover" not in client.get("/en/reports/2024/").content.decode()
    make_due(report)
    assert "withdrawn" in covered(client)[0]


def test_the_reason_for_the_public_says_its_language_on_the_cover(report):
    with override("fr"):
        acts.withdraw(report, None, Reason("Made up", public="Deux tableaux faux"))
    assert '<span lang="fr" dir="ltr">Deux tableaux faux</span>' in sentences(report)[0]


def test_the_covered_file_keeps_the_tags_of_the_frozen_one_and_has_its_own():
    sheet = '<html lang="en"><head><title>T</title></head><body><h1>Cover</h1><p>Withdrawn</p></body></html>'
    frozen = made_pdf(made_up_content(), "en")
    whole = PdfReader(io.BytesIO(covered_pdf(sheet, frozen, "Made up")))
    tops = [one.get_object() for one in whole.trailer["/Root"]["/StructTreeRoot"]["/K"]]
    assert [one["/S"] for one in tops] == ["/Document", "/Document"]
    assert [one["/S"] for one in kids_of(tops[0])] == ["/H1", "/P"]
    assert len(tagged(tops[1])) == len(tagged(PdfReader(io.BytesIO(frozen)).trailer["/Root"]["/StructTreeRoot"])) - 1
    numbers = whole.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    of_cover = numbers[2 * whole.pages[0]["/StructParents"] + 1].get_object()
    assert of_cover[0].get_object()["/Pg"] == whole.pages[0]
    assert b"pdfuaid" in whole.trailer["/Root"]["/Metadata"].get_data()
    assert len({page["/StructParents"] for page in whole.pages}) == len(whole.pages)


def _numbers_as_a_tree(root):
    below = dictionary({"/Nums": root["/ParentTree"].pop("/Nums")})
    root["/ParentTree"][NameObject("/Kids")] = ArrayObject([below])


def _lacks(*names):
    return lambda root: [root.pop(name) for name in names]


ODD_TAGS = {
    "numbers as a tree": _numbers_as_a_tree,
    "no numbers": _lacks("/ParentTree"),
    "nothing below": _lacks("/K"),
    "nothing at all": lambda root: root.clear(),
    "a key that is no number": lambda root: root["/ParentTree"]["/Nums"].__setitem__(0, NameObject("/A")),
}


@pytest.mark.parametrize("odd", ODD_TAGS)
def test_a_file_whose_tags_cannot_take_more_gets_its_sheet_all_the_same(cover, odd):
    def edit(writer, page):
        root = writer._add_object(dictionary({"/K": ArrayObject()}))
        root.get_object()[NameObject("/ParentTree")] = dictionary({"/Nums": ArrayObject([NumberObject(0)])})
        ODD_TAGS[odd](root.get_object())
        writer.root_object[NameObject("/StructTreeRoot")] = root

    frozen = pdf("Frozen words", edit=edit).read()
    whole = PdfReader(io.BytesIO(before(cover, frozen, "Made up")))
    assert "Withdrawn" in whole.pages[0].extract_text() and "Frozen words" in whole.pages[1].extract_text()
    assert "/StructParents" not in whole.pages[0]


def test_an_element_that_stands_alone_below_the_root_stays_the_same_element(cover):
    def edit(writer, page):
        alone = writer._add_object(dictionary({"/S": NameObject("/Document")}))
        tags = {"/K": alone, "/ParentTree": dictionary({"/Nums": ArrayObject()})}
        writer.root_object[NameObject("/StructTreeRoot")] = writer._add_object(dictionary(tags))

    whole = before(cover, pdf("Frozen words", edit=edit).read(), "Made up")
    below = PdfReader(io.BytesIO(whole)).trailer["/Root"]["/StructTreeRoot"]["/K"]
    assert len(below) == 2 and all(isinstance(one, IndirectObject) for one in below)


def test_a_corrigendum_is_named_on_the_cover_and_each_further_one(report, client):
    for number in (1, 2):
        w.published_correction(report)
        assert not files_to_make(report).exists()  # a transmission of the report does not wait for its cover
        Rendition.objects.exclude(report=report).delete()
        make_due(report)
        first = "".join(covered(client)[0].split())
        assert f"Corrigendum{number}" in first and f"/reports/2024-corr{number}/" in first


def test_lists_that_lead_to_a_report_say_that_it_is_corrected_until_that_is_withdrawn(report, client):
    def corrected():
        pages = [client.get(page).content.decode() for page in ("/en/", "/en/reports/", "/en/search/?q=2024")]
        return ["Corrected" in page.replace("Corrections", "") for page in pages]

    assert corrected() == [False] * 3
    corrigendum = w.published_correction(report)
    assert corrected() == [True] * 3
    w.published_correction(report, "Rev")  # from after the corrigendum
    assert "Corrected" not in client.get("/en/").content.decode()
    acts.withdraw(corrigendum, None, Reason("Made up", public="It was wrong itself"))
    assert corrected() == [False] * 3
