"""Documents and images: known by their first bytes, refused with what to do."""

import io
import zipfile

import pytest

from kg.sources import SourceProblem, read
from kg.sources.documents import document_of


def as_zip(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, "application/x")
    return data.getvalue()


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (b"%PDF-1.4\n", "PDF"),
        (b"{\\rtf1\\ansi ", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (as_zip("[Content_Types].xml", "word/document.xml"), ".docx"),
        (as_zip("mimetype", "content.xml"), ".odt"),
    ],
)
def test_document_of_knows_what_it_is(head, words):
    assert words in (document_of(head) or "")


@pytest.mark.parametrize(
    "head", [as_zip("cables/a.txt"), as_zip("word/a.txt"), b"PDF of a cable", b"FM AMEMBASSY LISBON", b""]
)
def test_document_of_leaves_the_rest_alone(head):
    assert document_of(head) is None


def test_read_gives_one_problem_for_a_document_however_its_text_looks(telegram):
    for data in (as_zip("[Content_Types].xml", "word/document.xml"), b"%PDF-1.4\n" + telegram.encode()):
        [found] = read(["-"], stdin=io.BytesIO(data))
        assert isinstance(found, SourceProblem)
        assert (found.code, found.is_fatal) == ("document", True)
        assert "plain text" in found.message
