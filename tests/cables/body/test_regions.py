"""Regions of the body."""

import pytest

from kg.cables import parse

HEAD = "UNCLAS QUITO 000034\n\nSUBJECT: NETS\n\n"


@pytest.fixture
def regions(raw):
    def of(body):
        return [(r.kind, r.as_sent, r.is_opened, r.is_closed) for r in parse(raw(HEAD + body)).regions]

    return of


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("1. (C) Begin text: The nets. End text.\n", ("text", "The nets.", True, True)),
        ("1. (C) He wrote:\n\nBEGIN TEXT\n\nThe nets.\n\nEND TEXT\n", ("text", "The nets.", True, True)),
        ("1. (C) Begin unofficial translation: The nets. End translation.\n", ("text", "The nets.", True, True)),
        ("1. (C) BEGIN TEXT OF LETTER\n\nThe nets.\n\nEND TEXT\n", ("text", "The nets.", True, True)),
        ("1. (C) It rained. (Note: In May. End note.) He left.\n", ("note", "In May.", True, True)),
        ("1. (C) It rained (note: in May (and June)). He left.\n", ("note", "in May (and June)", True, True)),
        ("1. (C) It rained. NOTE: In May. END NOTE. He left.\n", ("note", "In May.", True, True)),
        ("1. (C) One.\n\n2. (C) COMMENT: The nets.\n", ("comment", "The nets.", True, False)),
        ("1. (C) One.\n\n2. (C) Embassy Comment. The nets. End comment.\n", ("comment", "The nets.", True, True)),
        ("1. (C) It rained. (Embassy comment: late. End comment.)\n", ("comment", "late.", True, True)),
        ("1. (C) The nets. End comment.\n", ("comment", "The nets.", False, True)),
        ("1. (C) Action request: Send nets.\n", ("action-request", "Send nets.", True, False)),
        ("1. (C) He said QTE the nets UNQTE and left.\n", ("quote", "the nets", True, True)),
        ("1. (C) BEGIN TALKING POINTS: Nets. END TALKING POINTS\n", ("talking-points", "Nets.", True, True)),
        ("1. (C) BEGIN NON-PAPER: Nets. END NON-PAPER\n", ("non-paper", "Nets.", True, True)),
    ],
)
def test_region(regions, body, expected):
    assert regions(body) == [expected]


def test_comment_under_its_heading_ends_at_the_next(regions):
    body = "1. (C) One.\n\nComment\n-------\n\n2. (C) Two.\n\n3. (C) Three.\n\nNets\n----\n\n4. (C) Four.\n"
    assert regions(body) == [("comment", "Two.\n\n3. (C) Three.", True, False)]


def test_comment_named_by_heading_and_paragraph_counts_once(regions):
    body = "1. (C) One.\n\nCOMMENT\n-------\n\n2. (C) Comment: Two. End comment.\n"
    assert regions(body) == [("comment", "Two.", True, True)]


@pytest.mark.parametrize(
    "body",
    [
        "1. (C) He declined to comment. They note: nothing.\n",
        "1. (C) Note that the nets were wet.\n",
        "1. (C) The end of the statement was lost.\n",
        "1. (C) He could QUOTE a price.\n",
        "1. (C) Text messages were sent.\n",
    ],
)
def test_no_region(regions, body):
    assert regions(body) == []


def test_summary_is_a_region(raw):
    cable = parse(raw(HEAD + "1. (C) SUMMARY: Nets.\n\n2. (C) Ropes. END SUMMARY.\n\n3. (C) Three.\n"))
    (region,) = cable.regions
    assert (region.kind, (region.start, region.end), region.parts) == ("summary", cable.summary, ("p1", "p2"))


def test_regions_lie_inside_each_other(regions):
    body = "1. (C) Begin text: The nets (note: wet) were there. End text.\n"
    assert [kind for kind, *_ in regions(body)] == ["text", "note"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("1. (C) BEGIN TEXT: The nets.\n", "region-not-closed"),
        ("1. (C) The nets. END TEXT.\n", "region-not-opened"),
    ],
)
def test_words_of_others_without_a_border_are_a_problem(raw, body, code):
    assert [p.code for p in parse(raw(HEAD + body)).problems if p.code.startswith("region")] == [code]


def test_many_marks_are_read_in_time(raw):
    cable = parse(raw(HEAD + "1. (C) " + ("BEGIN TEXT " * 300 + "END TEXT " * 300) * 10))
    assert sum(len(region.as_sent) for region in cable.regions) < 20 * len(cable.raw.text)
