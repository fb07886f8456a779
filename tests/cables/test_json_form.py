"""A cable as plain values."""

import json

from kg.cables import as_json, parse


def test_two_signers_are_one_string(raw, telegram):
    assert as_json(parse(raw(telegram + "ROE\n")))["signed_by"] == "DOE; ROE"


def test_precedences_are_words(raw, telegram):
    values = as_json(parse(raw(telegram)))
    assert values["precedence"] == "PRIORITY ROUTINE"
    assert [a["precedence"] for a in values["info_addressees"]] == ["PRIORITY", None, None, None]


def test_niact_is_printed(raw):
    text = "NIACT O 032125Z FEB 09\nFM SECSTATE WASHDC\nTO AMEMBASSY QUITO NIACT IMMEDIATE\nAMCONSUL RECIFE IMMEDIATE\n"
    values = as_json(parse(raw(text)))
    assert values["precedence"] == "NIACT IMMEDIATE"
    assert [a["precedence"] for a in values["action_addressees"]] == ["NIACT IMMEDIATE", "IMMEDIATE"]


def test_lines_of_transmission_and_handling(raw, telegram):
    values = as_json(parse(raw(telegram)))
    assert values["format_lines"] == [
        {"kind": "transmission-id", "text": "VZCZCXRO1234"},
        {"kind": "routing-line", "text": "PP RUEHWEB"},
        {"kind": "de-line", "text": "DE RUEHBO #4711/01 1231545"},
        {"kind": "security-line", "text": "ZNY CCCCC ZZH"},
    ]
    assert values["handling"] == ["DEPARTMENT FOR WHA/AND"]
    assert values["distribution"] is None


def test_distribution_of_the_1970s(raw):
    text = "ORIGIN L-03\nINFO OCT-01 /004 R\nDRAFTED BY L:RROE\nR 281500Z JUL 76\nFM SECSTATE WASHDC\n"
    values = as_json(parse(raw(text)))
    assert values["distribution"] == {"origin": ["L-03"], "action": [], "info": ["OCT-01"], "copies": 4}
    assert (values["drafted_by"], values["approved_by"], values["cleared_by"]) == ("L:RROE", None, [])


def test_exempted_addressees(raw, telegram):
    assert as_json(parse(raw(telegram)))["info_addressees"][2]["exempted"] == ["AMCONSUL NAPLES"]


def test_summary_is_folded_text(raw, telegram):
    assert as_json(parse(raw(telegram)))["summary"] == "The keepers asked for ladders."


def test_it_is_json(raw, telegram):
    text = json.dumps(as_json(parse(raw(telegram))))
    assert json.loads(text)["id"] == "07BOGOTA4711"


def test_nothing_known_is_none(raw):
    values = as_json(parse(raw("Nets.")))
    assert all(values[key] is None for key in ("id", "sent_at", "precedence", "signed_by", "classified_by", "summary"))


def test_carriage_returns_alone_change_nothing_but_the_text_as_found(raw, telegram):
    old, new = (as_json(parse(raw(text))) for text in (telegram.replace("\n", "\r"), telegram))
    assert {**old, "sources": None} == {**new, "sources": None}
