"""A cable as plain values."""

import json

from kg.cables import as_json, parse


def test_two_signers_are_one_string(raw, telegram):
    assert as_json(parse(raw(telegram + "ROE\n")))["signed_by"] == "DOE; ROE"


def test_precedences_are_words(raw, telegram):
    values = as_json(parse(raw(telegram)))
    assert values["precedence"] == "PRIORITY ROUTINE"
    assert [a["precedence"] for a in values["info_addressees"]] == ["PRIORITY", None, None, None]


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
