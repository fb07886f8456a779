"""Documents of FRUS give their values, from the head to the footnotes, each with its span."""

import time

import pytest

from kg.cables import as_json, identify, parse
from kg.cables.account.accounting import account, count
from kg.cables.frus.layout import clean_document
from kg.sources import RawCable, read

TELEGRAM = """\
7. Telegram From the Embassy in Portugal to the Department of State

Summary: The Embassy asked for ladders.
Source: Invented Archives, Box 3. Secret; Immediate; Nodis. Drafted on March 1 by Jane Q. Roe (ECON) and approved by Doe. \
Repeated to Madrid, Jidda, the Secretary of Defense, and USCINCEUR.

Lisbon, March 1, 1974, 1430Z.

9301. Subj: Longer Ladders. Ref: State 9901.

1. Keeper Roe[2] said the ladders were short.

2. [4½ lines not declassified] He asked
for longer ones.

Doe

[2] Not printed.
"""
MEMCON = """\
9. Memorandum of Conversation

Source: Invented Archives. Confidential. Drafted by Poe.

Lisbon, March 2, 1974, 3:15–4 p.m.

SUBJECT
Ladders

PARTICIPANTS
Portugal:
Dr. Ana Fonseca, Keeper of the Harbor
The Secretary
Ambassadors: Doe, Poe and Moe
Chief, Interests Section, Roe
Mr. King, EUR

The Secretary asked how long.

Fonseca said that she did not know.
"""
PERSONS = "p_FA_1=Fonseca, Ana|p_DJ_1=Doe, John|p_RJ_1=Roe, Jane Q.|p_RJ_2=Coe"


@pytest.fixture
def document():
    def make(text: str, **metadata: str) -> RawCable:
        values = {"document_id": "frus1969-76v01/d7", "created": "1974-03-01 14:30", "place": "Lisbon"} | metadata
        stated = tuple(sorted((name, value) for name, value in values.items() if value))
        return RawCable(source="v.xml", position=3, format="frus-tei", encoding="utf-8", metadata=stated, text=text)

    return make


@pytest.fixture
def telegram(document):
    return parse(document(TELEGRAM, signed="Doe"))


@pytest.fixture
def memcon(document):
    return parse(document(MEMCON, persons=PERSONS, created="1974-03-02", document_id="frus1969-76v01/d9"))


def values(cable):
    single = [cable.originator, cable.classification, cable.subject, cable.date_time_group, cable.place]
    single += [cable.drafted_by, cable.approved_by, cable.message_reference_number]
    many = [*cable.captions, *cable.action_addressees, *cable.info_addressees, *cable.references, *cable.signed_by]
    return [value for value in (*single, *many, *cable.participants, *cable.cleared_by) if value is not None]


def test_values_are_slices_of_the_text(telegram, memcon):
    for cable in (telegram, memcon):
        assert len(values(cable)) > 8
        assert all(value.as_sent == cable.raw.text[value.start : value.end] for value in values(cable))


def test_telegram_has_its_header(telegram):
    assert (telegram.canonical_id, telegram.aliases) == ("74LISBON9301", ("frus1969-76v01/d7",))
    assert (telegram.document_kind, telegram.post, telegram.place.value) == ("telegram", "lisbon", "Lisbon")
    assert telegram.originator.value == "Embassy in Portugal"
    assert telegram.message_reference_number.value == "9301"
    assert telegram.date_time_group.as_sent == "March 1, 1974, 1430Z"
    assert f"{telegram.sent_at:%Y-%m-%dT%H:%M}" == "1974-03-01T14:30"
    assert telegram.subject.value == "Longer Ladders"
    assert [reference.target for reference in telegram.references] == ["74STATE9901"]
    assert [name.value for name in telegram.signed_by] == ["Doe"]
    assert telegram.problems == ()


def test_source_note_has_the_markings_and_officers(telegram):
    assert (telegram.classification.value, [caption.value for caption in telegram.captions]) == ("SECRET", ["NODIS"])
    assert telegram.precedences == ("O",)
    assert (telegram.drafted_by.value, telegram.approved_by.value) == ("Jane Q. Roe", "Doe")


@pytest.mark.parametrize(
    ("markings", "classification", "captions", "precedences"),
    [
        ("Secret; Limit Distribution.", "SECRET", ["LIMDIS"], ()),
        ("Top Secret; Sensitive; Eyes Only.", "TOP SECRET", ["SENSITIVE", "EYES ONLY"], ()),
        ("Confidential; Flash; Noforn.", "CONFIDENTIAL//NOFORN", ["NOFORN"], ("Z",)),
        ("Limited Official Use.", "LIMITED OFFICIAL USE", [], ()),
        ("No classification marking.", None, [], ()),
        ("A secret was kept.", None, [], ()),
    ],
)
def test_markings_of_a_source_note(markings, classification, captions, precedences, document):
    cable = parse(document(TELEGRAM.replace("Secret; Immediate; Nodis.", markings)))
    assert (cable.classification.value if cable.classification else None) == classification
    assert ([caption.value for caption in cable.captions], cable.precedences) == (captions, precedences)


@pytest.mark.parametrize(
    ("sentence", "officers"),
    [
        ("Drafted by Doe, cleared by Roe, and approved by Poe.", ("Doe", "Poe", ["Roe"])),
        ("Drafted and approved by L. Dean Moe. Copies went to Doe.", ("L. Dean Moe", None, [])),
        ("Drafted by van der Poe on March 1; approved by Doe, Jr.", (None, "Doe, Jr.", [])),
        ("Drafted in EUR.", (None, None, [])),
    ],
)
def test_officers_of_a_source_note(sentence, officers, document):
    text = TELEGRAM.replace("Drafted on March 1 by Jane Q. Roe (ECON) and approved by Doe.", sentence)
    cable = parse(document(text))
    drafted, approved = (one.value if one else None for one in (cable.drafted_by, cable.approved_by))
    assert (drafted, approved, [one.value for one in cable.cleared_by]) == officers


def test_head_and_source_note_have_the_addressees(telegram):
    assert [(one.plad, one.post) for one in telegram.action_addressees] == [("Department of State", "state")]
    assert [(one.plad, one.post) for one in telegram.info_addressees] == [
        ("Madrid", "madrid"),
        ("Jidda", "jeddah"),
        ("Secretary of Defense", None),
        ("USCINCEUR", None),
    ]


def test_paragraphs_keep_redactions_and_lose_the_marks_of_footnotes(telegram):
    assert [(part.key, part.text) for part in telegram.parts if part.kind == "paragraph"] == [
        ("p1", "Keeper Roe said the ladders were short."),
        ("p2", "[4½ lines not declassified] He asked for longer ones."),
    ]
    assert telegram.part("signature").text == "Doe"
    assert "Not printed" not in " ".join(part.text for part in telegram.parts)


def test_only_marks_of_footnotes_are_blanked():
    clean = clean_document("Doe[2] said [1] and [Omitted here].\n\n[2] A keeper.\n")
    assert clean.text.startswith("Doe    said [1] and [Omitted here].")
    assert clean.blanked == ((3, 6, "footnote-mark"),)
    assert clean_document("Doe[2] said.\n").blanked == ()


def test_memorandum_has_its_id_from_the_volume(memcon):
    assert (memcon.canonical_id, memcon.aliases) == ("74FRUS196976V01D9", ("frus1969-76v01/d9",))
    assert memcon.document_kind == "memorandum-of-conversation"
    assert (memcon.subject.value, memcon.drafted_by.value) == ("Ladders", "Poe")
    assert [problem.code for problem in memcon.problems] == ["date-without-hour"]


def test_participants_have_names_titles_and_keys(memcon):
    assert [(one.name, one.title, one.person_key) for one in memcon.participants] == [
        ("Ana Fonseca", "Keeper of the Harbor", "p_FA_1"),
        (None, "The Secretary", None),
        ("Doe", "Ambassadors", "p_DJ_1"),
        ("Poe", "Ambassadors", None),
        ("Moe", "Ambassadors", None),
        ("Roe", "Chief, Interests Section", "p_RJ_1"),
        ("King", "EUR", None),
    ]


@pytest.mark.parametrize(
    ("line", "persons", "expected"),
    [
        ("Secretary King", "p_KJ_1=King, Joan", ("King", "Secretary", "p_KJ_1")),
        ("The Harbor Master", "", (None, "The Harbor Master", None)),
        ("Under Secretary Roe", "", ("Roe", "Under Secretary", None)),
        ("Lt. General Jane Roe, Aide", "p_RJ_1=Roe, Jane Q.", ("Jane Roe", "Lt. General, Aide", "p_RJ_1")),
        ("Jane Roe (EUR)", "p_RJ_1=Roe, Jane Q.", ("Jane Roe (EUR)", None, "p_RJ_1")),
        ("Roe", "p_RJ_1=Roe, Jane|p_RJ_2=Roe, John", ("Roe", None, None)),
        ("Jane Poe", "p_RJ_1=Roe, Jane", ("Jane Poe", None, None)),
        ("Jane Roe", "p_RJ_1=Roe", ("Jane Roe", None, "p_RJ_1")),
        ("King Olaf", "p_O_1=Olaf", ("Olaf", "King", "p_O_1")),
    ],
)
def test_participant_of_a_line(line, persons, expected, document):
    text = MEMCON.replace("Mr. King, EUR", line)
    one = parse(document(text, persons=persons)).participants[-1]
    assert (one.name, one.title, one.person_key) == expected


@pytest.mark.parametrize("side", ["Portugal", "The United States", "U.S.", "Portuguese side:"])
def test_side_is_no_participant(side, document):
    one = parse(document(MEMCON.replace("Mr. King, EUR", side), persons=PERSONS)).participants[-1]
    assert one.name == "Roe"


def test_participants_and_body_are_parts(memcon):
    assert [part.text for part in memcon.parts if part.kind == "unnumbered"][-3:] == [
        "Mr. King, EUR",
        "The Secretary asked how long.",
        "Fonseca said that she did not know.",
    ]


@pytest.mark.parametrize(
    ("head", "place", "first", "expected"),
    [
        ("Telegram From the Embassy in Portugal to the Department of State", "Lisbon", "9301. Subj: x", "74LISBON9301"),
        ("Telegram 9301 From the Embassy in Portugal to the Department of State", "Lisbon", "1. x", "74LISBON9301"),
        ("Telegram From the Embassy in Kuwait to the Department of State", "Kuwait City", "31. x", "74KUWAIT31"),
        ("Telegram From the Embassy in Saudi Arabia to the Department", "Jidda", "310. For Doe.", "74JIDDA310"),
        ("Telegram From the Embassy in Portugal to the Department of State", "", "9301. x", "74LISBON9301"),
        ("Telegram From the Department of State to the Embassy in Iran", "Washington", "99012. x", "74STATE99012"),
        ("Telegram From the Department of State to Roe", "Washington", "99012/Tosec 7. x", "74STATE99012"),
        ("Telegram From the Department of State to Roe", "Washington", "Tosec 7/99012. x", "74STATE99012"),
        ("Telegram From Secretary of State Roe to the Department of State", "Cairo", "Secto 45. x", "74SECTO45"),
        ("Telegram From the Mission to the United Nations to the Department", "New York", "812. x", "74USUNNEWYORK812"),
        ("Telegram From the Consulate General in Hong Kong to the Department", "Hong Kong", "812. x", "74HONGKONG812"),
        ("Airgram From the Embassy in Portugal to the Department of State", "Lisbon", "A–97", "74LISBONAIRGRAM97"),
        ("Airgram CA–1203 From the Department of State to All Posts", "", "x", "74STATECIRCULARAIRGRAM1203"),
        # Without a number, or with one that is a paragraph's, the volume names the document.
        ("Telegram From the Embassy in Portugal to the Department of State", "Lisbon", "1. x", "74FRUS196976V01D7"),
        ("Telegram From the Embassy in Portugal to the Department of State", "Lisbon", "3. x", "74FRUS196976V01D7"),
        ("Telegram From Secretary of State Roe to the White House", "Cairo", "45. x", "74FRUS196976V01D7"),
        ("Telegram From the White House to the Embassy in Portugal", "Washington", "9301. x", "74FRUS196976V01D7"),
        ("Airgram From the Embassy in Portugal to the Department of State", "Lisbon", "97. x", "74FRUS196976V01D7"),
    ],
)
def test_id_comes_from_head_and_number(head, place, first, expected, document):
    dateline = f"{place}, March 1, 1974." if place else "March 1, 1974."
    raw = document(f"7. {head}\n\nSource: Archives.\n\n{dateline}\n\n{first}\n\n1. y\n", place=place)
    assert identify(raw) == (expected, None)
    assert parse(raw).canonical_id == expected


@pytest.mark.parametrize(
    ("created", "name", "expected"),
    [
        ("", "frus1969-76v01/d7", "69FRUS196976V01D7"),
        ("1974-03-01", "frus1969-76v01/d7a", "74FRUS196976V01X3"),
        ("1938-03-01", "frus1938v02/d7", "38FRUS1938V02D7"),
        ("", "invented/d7", None),
    ],
)
def test_id_of_odd_documents(created, name, expected, document):
    raw = document(TELEGRAM.replace("9301. Subj", "Subj"), created=created, document_id=name)
    assert identify(raw)[0] == expected


def test_early_telegrams_have_no_id_of_two_digits_by_station(document):
    assert identify(document(TELEGRAM, created="1938-03-01"))[0] == "38FRUS196976V01D7"


def test_airgram_number_in_the_opener_is_no_text(document):
    text = "8. Airgram From the Embassy in Portugal\n\nA–97\nLisbon, March 4, 1974.\n\nSUMMARY\n\nLadders are long.\n"
    cable = parse(document(text))
    assert cable.message_reference_number.value == "A–97"
    assert [(part.kind, part.text) for part in cable.parts] == [
        ("heading", "SUMMARY"),
        ("unnumbered", "Ladders are long."),
    ]


def test_attachment_has_paragraph_numbers_of_its_own(document):
    text = TELEGRAM.replace("[2] Not printed.", "Attachment\n\nPaper\n\n1. Oak.\n\n2. Elm.\n\n[2] Not printed.")
    cable = parse(document(text, signed="Doe"))
    assert [part.key for part in cable.parts if part.number] == ["p1", "p2", "p1-2", "p2-2"]
    assert cable.part("p2-2").text == "Elm."


def test_subject_of_several_lines_and_fields_one_a_paragraph(document):
    text = TELEGRAM.replace(
        "Subj: Longer Ladders. Ref: State 9901.", "\n\nSubject: Longer\nLadders.\n\nRefs: State 9901."
    )
    cable = parse(document(text))
    assert (cable.subject.value, [one.target for one in cable.references]) == ("Longer Ladders", ["74STATE9901"])
    assert cable.parts[1].text.startswith("Keeper Roe")


def test_number_before_words_is_no_text(document):
    cable = parse(document(TELEGRAM.replace("Subj: Longer Ladders. Ref: State 9901.", "For the Secretary.")))
    assert cable.parts[0].text == "For the Secretary."
    assert [problem.code for problem in cable.problems] == ["no-subject", "no-signature"]


@pytest.mark.parametrize("cut", range(0, len(TELEGRAM), 7))
def test_any_part_of_a_document_is_read(cut, document):
    for text in (TELEGRAM[:cut], TELEGRAM[cut:], MEMCON[:cut], MEMCON[cut:], TELEGRAM[cut:] + MEMCON[:cut]):
        cable = parse(document(text, signed="Doe", persons=PERSONS))
        assert all(value.as_sent == text[value.start : value.end] for value in values(cable) if value.as_sent)
        as_json(cable)


PIECES = ("\n\n", "[2]", "Secret; ", "Drafted by Doe ", "Repeated to A, ", "\n\nSUBJECT", "Subj: x ", "Source: x. ")
MORE = ("PARTICIPANTS\nDoe\n", "March 1, 1974, ", "\n\nAttachment\n\n", "the Embassy in ", "A. ", "Doe, ", "(", "U.S.")


@pytest.mark.parametrize("piece", PIECES + MORE)
def test_repetition_is_read_in_time(piece, document):
    for text in (piece * (200_000 // len(piece)), TELEGRAM[:220] + piece * (200_000 // len(piece))):
        start = time.process_time()
        parse(document(text, signed="Doe", persons=PERSONS))
        assert time.process_time() - start < 1


@pytest.mark.shared
def test_sample_of_a_real_volume_is_read(shared):
    memcon, telegram = (parse(raw) for raw in read([shared / "corpus" / "frus_sample.xml"]))
    assert (memcon.canonical_id, telegram.canonical_id) == ("75FRUSSAMPLED23", "76KUWAIT3775")
    assert [bool(one.person_key) for one in memcon.participants] == [True] * 4 + [False, True]
    assert {one.code for one in (*memcon.problems, *telegram.problems)} == {"date-without-hour"}


def test_every_line_is_accounted_for(document):
    telegram, memcon = parse(document(TELEGRAM, signed="Doe")), parse(document(MEMCON))
    assert count(telegram) == {
        "document-head": 1,
        "source-note": 2,
        "dateline": 1,
        "message-number": 1,
        "paragraph": 3,
        "signature": 1,
        "footnote": 1,
    }
    assert count(memcon) == {
        "document-head": 1,
        "source-note": 1,
        "dateline": 1,
        "subject": 2,
        "participants": 7,
        "plain-paragraph": 2,
    }
    assert [(one.start, one.rule) for one in account(telegram) if "9301" in telegram.raw.text[one.start : one.end]] == [
        (TELEGRAM.index("9301"), "message-number")
    ]


def test_text_between_numbered_paragraphs_is_unconsumed(document):
    cable = parse(document(TELEGRAM.replace("1. Keeper", "Unnumbered text before.\n\n1. Keeper"), signed="Doe"))
    assert count(cable)["unnumbered-text"] == 1


def test_a_classification_in_letters_like_others(document):
    assert TELEGRAM.count("Secret;") == 1
    cable = parse(document(TELEGRAM.replace("Secret;", "Conf\u0130dential;")))
    assert cable.classification.value == "CONFIDENTIAL"
