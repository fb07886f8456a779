"""Files of RDF are told from sources of cables."""

import pytest

from kg.errors import SourceNotFound, SourceUnreadable, UsageError
from kg.validation.files import are_graphs, form_of, read_graphs


def test_graphs_are_known_by_their_ending():
    assert are_graphs(["a.ttl", "B.RDF"])
    assert not are_graphs(["cables.csv", "folder", "-"])


def test_cables_and_graphs_are_not_mixed():
    with pytest.raises(UsageError, match=r"a\.ttl is RDF by its name, and cables\.csv is not"):
        are_graphs(["cables.csv", "a.ttl"])


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.owl", b"", "rdf"),
        ("a.jsonld", b"", "jsonld"),
        ("a", b' {"@id": "urn:a"}', "jsonld"),
        ("a.txt", b"<?xml version='1.0'?>", "rdf"),
        ("-", b"<urn:a> <urn:b> <urn:c> .", "trig"),
    ],
)
def test_format(name, content, form):
    assert form_of(name, content) == form


def test_file_that_is_not_there(tmp_path):
    with pytest.raises(SourceNotFound):
        read_graphs([str(tmp_path / "none.ttl")], "data")


def test_folder_is_no_graph(tmp_path):
    with pytest.raises(SourceUnreadable):
        read_graphs([str(tmp_path)], "data")
