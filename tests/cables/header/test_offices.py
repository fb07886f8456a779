"""Distribution, drafting, approval and clearance at the head of telegrams of the 1970s."""

from kg.cables.clean import clean
from kg.cables.header.offices import read_offices

HEAD = """\
ORIGIN L-03

INFO  OCT-01 ISO-00  SS-15 (ISO)
NSCE-00   /019 R

DRAFTED BY L/UNA:RROE:AM
APPROVED BY S/S-O: J. DOE
EUR/GE - MR. ROE
AF/S:JDOE
                  ------------------281618Z 011536 /44
P 281500Z NOV 76
"""


def test_distribution():
    found = read_offices(clean(HEAD), len(HEAD)).distribution
    assert (found.origin, found.action, found.copies) == (("L-03",), (), 19)
    assert found.info == ("OCT-01", "ISO-00", "SS-15", "NSCE-00")
    assert found.as_sent == HEAD[: HEAD.index("\n\nDRAFTED")]


def test_a_number_stands_above_the_distribution():
    text = "70\nACTION EUR-12\n\nINFO  OCT-01  /013 W\n"
    found = read_offices(clean(text), len(text)).distribution
    assert (found.action, found.as_sent) == (("EUR-12",), text.strip())


def test_a_distribution_that_lacks_its_head():
    text = "INFO  LOG-00   EEB-00\n      DODE-00   /000W\n"
    found = read_offices(clean(text), len(text)).distribution
    assert (found.info, found.copies) == (("LOG-00", "EEB-00", "DODE-00"), 0)


def test_who_drafted_approved_and_cleared():
    found = read_offices(clean(HEAD), len(HEAD))
    assert (found.drafted_by.value, found.approved_by.value) == ("L/UNA:RROE:AM", "S/S-O: J. DOE")
    assert [line.value for line in found.cleared_by] == ["EUR/GE - MR. ROE", "AF/S:JDOE"]


def test_a_distribution_may_follow_a_page_line():
    text = "PAGE 01        HARARE  06677  02 OF 03  291401Z\nACTION AF-00\n\nINFO LOG-00 NP-00 /012W\n"
    found = read_offices(clean(text), len(text)).distribution
    assert (found.action, found.info, found.copies) == (("AF-00",), ("LOG-00", "NP-00"), 12)


def test_prose_holds_none_of_these():
    text = "ACTION REQUEST: THE ORIGIN OF THE NETS WAS DRAFTED BY NOBODY\n"
    found = read_offices(clean(text), len(text))
    assert (found.distribution, found.drafted_by, found.approved_by, found.cleared_by) == (None, None, None, ())
