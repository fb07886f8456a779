"""The transmission header as a whole."""

from kg.cables import parse
from kg.cables.clean import clean
from kg.cables.header.transmission import read_header


def read(text):
    return read_header(clean(text), len(text))


def test_fields_run_on_over_blank_lines():
    header = read("FM AMEMBASSY QUITO\nTO SECSTATE WASHDC\n\nINFO AMEMBASSY LIMA\n\nAMEMBASSY BOGOTA\n")
    assert [a.plad for a in header.action_addressees] == ["SECSTATE WASHDC"]
    assert [a.plad for a in header.info_addressees] == ["AMEMBASSY LIMA", "AMEMBASSY BOGOTA"]


DAMAGED = """\
FM AMEMBASSY QUITO
TO RUEHC/SECSTATE WASHDC 9901
INFO RUEHLP/AMEMBASSY LA PAZ 0012
AMEMBASSY LIMA

C 0 N F l D E N T I A L QUIT0 OO99O1

SIPD1S

E.0. l2958: DECL
TAG5; PGOV
SUBJ ECT: NETS
"""


def test_a_list_ends_where_a_spoilt_field_begins():
    for text in (DAMAGED, DAMAGED.replace("\n\n", "\n")):
        header = read(text)
        assert [a.plad for a in header.action_addressees] == ["SECSTATE WASHDC"]
        assert [a.plad for a in header.info_addressees] == ["AMEMBASSY LA PAZ", "AMEMBASSY LIMA"]


def test_a_list_ends_at_a_blank_line_before_what_is_no_addressee():
    text = "FM AMEMBASSY QUITO\nTO SECSTATE WASHDC\n\nC0NFIDENTIAI QUITO\nNETS AND LAMPS\n\nTO THE HARBOR\nAGAIN\n"
    header = read(text)
    assert [a.plad for a in (*header.action_addressees, *header.info_addressees)] == ["SECSTATE WASHDC"]
    header = read("TO SECSTATE WASHDC\n\nSOME BOOK\n\nINFO AMEMBASSY LIMA\nRUEHBO/AMEMBASSY BOGOTA\n")
    assert [a.plad for a in header.info_addressees] == ["AMEMBASSY LIMA", "AMEMBASSY BOGOTA"]


def test_several_action_addressees():
    header = read("FM SECSTATE WASHDC\nTO RUEHRL/AMEMBASSY BERLIN\nRUEHSW/AMEMBASSY BERN\n")
    assert [a.post for a in header.action_addressees] == ["berlin", "bern"]
    assert not header.info_addressees


def test_page_line_after_to():
    header = read("FM SECSTATE WASHDC\nTO PAGE 02        STATE   015113  182333Z\nAMEMBASSY TRIPOLI PRIORITY\n")
    assert [a.plad for a in header.action_addressees] == ["AMEMBASSY TRIPOLI"]


def test_distribution_of_the_1970s_is_no_addressee():
    text = "ACTION AF-00\nINFO  LOG-00  NP-00  AID-00\n      CTME-00  DINT-00\n/012W\nFM AMEMBASSY HARARE\nTO SECSTATE WASHDC\n"
    header = read(text)
    assert [a.plad for a in header.action_addressees] == ["SECSTATE WASHDC"]
    assert not header.info_addressees


def test_a_second_header_ends_the_first():
    text = "FM AMEMBASSY QUITO\nTO SECSTATE WASHDC\n<<218634>>\nFM AMEMBASSY QUITO\nTO SECSTATE WASHDC\n"
    assert len(read(text).action_addressees) == 1


def test_partial_extract():
    assert read("This record is a partial extract of the original cable. The rest is not available.\n").is_partial
    assert not read("FM AMEMBASSY QUITO\n").is_partial


def test_addressees_of_a_fragment_follow_a_page_line(raw):
    text = "FM SECSTATE WASHDC\nTO PAGE 02        STATE   015113  182333Z\nAMEMBASSY QUITO NIACT IMMEDIATE\nAMCONSUL RECIFE\n"
    cable = parse(raw(text))
    assert [a.plad for a in cable.action_addressees] == ["AMEMBASSY QUITO", "AMCONSUL RECIFE"]
    text = "TO AMEMBASSY LIMA IMMEDIATE\nINFO PAGE 02        STATE   050524  131535Z\nAMEMBASSY QUITO PRIORITY"
    assert [a.plad for a in parse(raw(text)).info_addressees] == ["AMEMBASSY QUITO"]


def test_a_header_that_was_run_together_on_one_line():
    header = read(
        "FM AMEMBASSY QUITO TO RUEHC/SECSTATE WASHDC PRIORITY 1234 INFO RUEHBO/AMEMBASSY BOGOTA 0123 "
        "RUEHLP/AMEMBASSY LA PAZ RHMFIUU/39OS INCIRLIK AB TU\n"
    )
    assert header.originator.value == "AMEMBASSY QUITO"
    assert [(a.plad, a.precedence, a.serial) for a in header.action_addressees] == [("SECSTATE WASHDC", "P", "1234")]
    assert [(a.plad, a.serial) for a in header.info_addressees] == [
        ("AMEMBASSY BOGOTA", "0123"),
        ("AMEMBASSY LA PAZ", None),
        ("39OS INCIRLIK AB TU", None),
    ]


def test_to_and_info_on_the_line_of_another():
    header = read("FM SECSTATE WASHDC\nTO AMEMBASSY LIMA IMMEDIATE INFO AMEMBASSY QUITO PRIORITY\n")
    assert [a.plad for a in header.action_addressees] == ["AMEMBASSY LIMA"]
    assert [a.plad for a in header.info_addressees] == ["AMEMBASSY QUITO"]
