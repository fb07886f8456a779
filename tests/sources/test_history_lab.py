"""History Lab's columns: as CSV and parted by `|`, which text is taken, and rows without one."""

import csv
import io

import pytest

from kg.sources import RawCable, SourceProblem, read
from kg.sources.history_lab import looks_like

COLUMNS = ["doc_nbr", "date", "reference", "concepts", "drafter", "from_field", "to_field", "subject", "origclass",
           "class", "locator", "film", "id", "body", "raw_body"]  # fmt: skip


def values(number: int = 1, **other: str) -> dict[str, str]:
    known = {
        "doc_nbr": f"1974LISBON0990{number}",
        "date": "1974-01-02T00:00:00",
        "reference": "73 LISBON 9801",
        "concepts": "n/a",
        "from_field": "LISBON",
        "to_field": "STATE",
        "subject": "THE CHOIR",
        "origclass": "CONFIDENTIAL",
        "class": "UNCLASSIFIED",
        "locator": "TEXT ON-LINE",
        "film": "D740001-0001",
        "id": f"1974LISBON0990{number}",
    }
    return {**dict.fromkeys(COLUMNS, ""), **known, **other}


def table(*rows: dict[str, str], delimiter: str = ",") -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def read_text(text: str) -> list[RawCable | SourceProblem]:
    return list(read(["-"], stdin=io.BytesIO(text.encode())))


def outcomes(found):
    return [one.code if isinstance(one, SourceProblem) else one.get("reference_id") for one in found]


def test_looks_like_history_lab():
    assert looks_like(table())
    assert looks_like(table(delimiter="|"))
    assert looks_like("doc_nbr,raw_body\n")
    assert looks_like("doc_nbr,subject\n")
    assert looks_like("id,raw_body\n")
    assert looks_like("body|from_field\n")
    assert looks_like("body,subject,origclass\n")


@pytest.mark.parametrize(
    "text", ["subject,body\nhello,see you\n", "about doc_nbr, body\n", "docs: doc_nbr|body of a text\n"]
)
def test_does_not_look_like_history_lab(text):
    assert not looks_like(text)


@pytest.mark.parametrize("delimiter", [",", "|"])
def test_read_gives_the_row(delimiter, telegram):
    [cable] = read_text(table(values(body=telegram), delimiter=delimiter))
    assert cable.text == telegram
    assert dict(cable.metadata) == {
        "classification": "CONFIDENTIAL",
        "created": "1974-01-02T00:00:00",
        "current_classification": "UNCLASSIFIED",
        "film": "D740001-0001",
        "from": "LISBON",
        "locator": "TEXT ON-LINE",
        "reference_id": "1974LISBON09901",
        "references": "73 LISBON 9801",
        "row_id": "1974LISBON09901",
        "subject": "THE CHOIR",
        "to": "STATE",
    }


def test_read_takes_the_longer_text_and_keeps_the_other_where_it_says_more(telegram):
    message = telegram[telegram.index("1. (U)") : telegram.index("NOBODY")]
    whole, changed = read_text(
        table(values(1, body=message, raw_body=telegram), values(2, body=f"{message}ADDED", raw_body=telegram))
    )
    assert (whole.text, whole.get("body")) == (telegram, None)
    assert changed.get("body").endswith("ADDED")


def test_read_takes_lines_without_quotes_and_the_rule_under_the_heading():
    line = "|".join(values(body='1. THE CHOIR SANG "FADO". 2. END.' + " LA" * 60).values())
    rule = "|".join(["---"] * len(COLUMNS))
    found = read_text("\n".join(["|".join(COLUMNS), rule, line, line[:40], line]) + "\n")
    assert outcomes(found) == ["1974LISBON09901", "csv-row-columns", "1974LISBON09901"]
    assert found[0].text.startswith('1. THE CHOIR SANG "FADO".')


def test_read_keeps_what_is_known_of_a_cable_without_text():
    lost = values(1, body="MRN: 1 ERROR READING TEXT INDEX FILE", locator="ADS TEXT UNRETRIEVABLE")
    found = read_text(table(lost, values(2)))
    assert outcomes(found) == ["1974LISBON09901", "1974LISBON09902"]
    assert [one.get("text_status") for one in found] == ["not-on-line", "withdrawn"]
    assert "subject: THE CHOIR\n" in found[0].text
    assert "ERROR READING" in found[0].text


def without(text, *columns):
    """The table without these columns."""
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(
        out, [name for name in COLUMNS if name not in columns], extrasaction="ignore", lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_read_takes_the_number_of_the_row_where_the_table_has_no_document_number(telegram):
    [cable] = read_text(without(table(values(body=telegram)), "doc_nbr", "raw_body"))
    assert (cable.format, cable.text) == ("history-lab-csv", telegram)
    assert (cable.get("reference_id"), cable.get("from")) == ("1974LISBON09901", "LISBON")


@pytest.mark.parametrize("dropped", [("body",), ("raw_body",), ("raw_body", "from_field"), ("raw_body", "subject")])
def test_read_takes_a_table_without_numbers(telegram, dropped):
    kept = "raw_body" if "body" in dropped else "body"
    text = without(table(values(1, **{kept: telegram}), values(2, **{kept: telegram})), "doc_nbr", "id", *dropped)
    found = read_text(text)
    assert [(one.format, one.text, one.get("reference_id")) for one in found] == [
        ("history-lab-csv", telegram, None)
    ] * 2
    assert found[0].get("created") == "1974-01-02T00:00:00"


def test_read_does_not_begin_a_row_within_a_text_where_the_number_does_not_come_first(telegram):
    text = f"{telegram}74LISBON09801, 74LISBON09802\n"
    [cable] = read_text(without(table(values(body=text)), "doc_nbr"))
    assert cable.text == text


def test_read_gives_catalogue_entries_where_the_table_has_no_texts():
    [entry, unnamed] = read_text(without(table(values(1), values(2, doc_nbr="", id="")), "body", "raw_body"))
    assert (entry.get("reference_id"), entry.get("text_status")) == ("1974LISBON09901", "catalogue")
    assert "subject: THE CHOIR\n" in entry.text
    assert (unnamed.code, unnamed.position, unnamed.is_fatal) == ("row-unnamed", 2, True)


def test_read_tells_of_rows_that_nothing_names():
    found = read_text(without(table(values(1), values(2)), "doc_nbr", "id", "body", "raw_body"))
    assert [(one.code, one.position) for one in found] == [("row-unnamed", 1), ("row-unnamed", 2)]


def test_read_goes_on_after_a_row_that_is_broken(telegram):
    good = table(values(2, body=telegram)).partition("\n")[2]
    broken = table(values(1, body=telegram)).replace('\n"', "\n", 1).replace(',"VZCZC', ",VZCZC")
    found = outcomes(read_text(broken + good))
    assert found[-1] == "1974LISBON09902"
    assert set(found[:-1]) <= {"csv-row-broken", "csv-row-columns", "csv-row-cut"}
    assert len(found) > 1
