"""The Cablegate CSV: its dialect, and rows that are cut, broken, or too long."""

import io
import tracemalloc

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.sources import RawCable, SourceProblem, read
from kg.sources.cablegate import looks_like
from kg.sources.mojibake import as_it_stood


def read_bytes(data: bytes) -> list[RawCable | SourceProblem]:
    return list(read(["-"], stdin=io.BytesIO(data)))


def codes(found: list[RawCable | SourceProblem]) -> list[str]:
    return [one.code if isinstance(one, SourceProblem) else one.get("reference_id") or "" for one in found]


@pytest.mark.parametrize(
    "text", ['"1","12/28/1966 18:06","66BU', '\ufeff"251287","2/5/2010 9:30","10', 'cut"\n"2","2/5/2010 9:30",']
)
def test_looks_like_cablegate(text):
    assert looks_like(text.removeprefix("\ufeff"))


@pytest.mark.parametrize(
    "text",
    ["1,12/28/1966 18:06,66BU", '"1","12/28/1966","66BU"', '"id","date","ref"\n', 'row `"1","12/28/1966 18:06",`'],
)
def test_does_not_look_like_cablegate(text):
    assert not looks_like(text)


def test_read_gives_the_row(row, as_csv, header_and_body):
    [cable] = read_bytes(as_csv(row()))
    assert cable == RawCable(
        source="-",
        position=1,
        format="cablegate-csv",
        encoding="utf-8",
        metadata=(
            ("classification", "UNCLASSIFIED"),
            ("created", "1/2/2008 10:15"),
            ("origin", "Embassy Lisbon"),
            ("reference_id", "08LISBON9901"),
            ("references", "07LISBON9801|07STATE990117"),
            ("row_id", "1"),
        ),
        text="\n\n".join(header_and_body),
    )


def test_read_leaves_out_blank_metadata_and_a_blank_header(row, as_csv, header_and_body):
    [cable] = read_bytes(as_csv((*row()[:5], "", " \n", header_and_body[1])))
    assert cable.get("references") is None
    assert cable.text == header_and_body[1]


def test_read_resolves_escapes_and_keeps_newlines(row, as_csv):
    body = 'He said "so".\r\nA \\ and a \\" and \n"5","6","7"\n'
    [cable] = read_bytes(as_csv((*row()[:7], body)))
    assert cable.text.endswith(f"\n\n{body}")


def test_read_numbers_rows_in_order(row, as_csv):
    found = read_bytes(as_csv(row(7, "08LISBON1"), row(9, "08LISBON2")))
    assert [(cable.position, cable.get("row_id")) for cable in found] == [(1, "7"), (2, "9")]


def test_read_takes_crlf_between_rows(row, as_csv):
    data = as_csv(row(1, "08LISBON1")).removesuffix(b"\n") + b"\r\n" + as_csv(row(2, "08LISBON2"))
    assert codes(read_bytes(data)) == ["08LISBON1", "08LISBON2"]


def test_read_takes_a_row_whose_id_is_no_number(row, as_csv):
    data = as_csv(row(1, "08LISBON1"), ("b2", *row(2, "08LISBON2")[1:]), row(3, "08LISBON3"))
    assert [(one.position, one.get("row_id")) for one in read_bytes(data)] == [(1, "1"), (2, "b2"), (3, "3")]


def test_read_reports_a_row_cut_at_the_end_and_keeps_those_before(row, as_csv):
    data = as_csv(row(1, "08LISBON1"), row(2, "08LISBON2"))
    *kept, problem = read_bytes(data[:-60])
    assert codes(kept) == ["08LISBON1"]
    assert (problem.code, problem.position, problem.is_fatal) == ("csv-row-cut", 2, True)
    assert f"Row 2, which starts at line {as_csv(row()).count(10) + 1}, ends in the middle" in problem.message


def test_read_reports_a_row_cut_at_any_byte(row, as_csv):
    first, second = as_csv(row(1, "08LISBON1")), as_csv(row(2, "08LISBON2"))
    for size in range(1, len(second) - 2):
        found = read_bytes(first + second[:size])
        assert codes(found)[0] == "08LISBON1"
        assert len(found) == 2, size
        assert isinstance(found[1], SourceProblem), size


def test_read_goes_on_after_a_row_cut_in_the_middle(row, as_csv):
    first, second, third = (as_csv(row(n, f"08LISBON{n}")) for n in (1, 2, 3))
    assert codes(read_bytes(first[:-60] + b"\n" + second + third)) == ["csv-row-cut", "08LISBON2", "08LISBON3"]


def test_read_reports_what_stands_before_the_first_row(row, as_csv):
    first, second = (as_csv(row(n, f"08LISBON{n}")) for n in (1, 2))
    *broken, cable = read_bytes(first[-60:] + second)
    assert [problem.code for problem in broken] == ["csv-row-broken"] or len(broken) > 0
    assert cable.get("reference_id") == "08LISBON2"


def test_read_reports_a_wrong_number_of_columns_and_goes_on(row, as_csv):
    found = read_bytes(as_csv(row(1, "08LISBON1"), row(2)[:7], row(3, "08LISBON3")))
    assert codes(found) == ["08LISBON1", "csv-row-columns", "08LISBON3"]
    assert "has 7 columns where 8 are expected" in found[1].message
    assert found[2].position == 3


def test_read_reports_a_quote_without_its_backslash_and_goes_on(row, as_csv):
    data = as_csv(row(1, "08LISBON1"), row(2), row(3, "08LISBON3"))
    damaged = data.replace(b'\\"', b'"', 3).replace(b'"twice"', b'\\"twice\\"', 1)
    assert codes(read_bytes(damaged)) == ["08LISBON1", "csv-row-broken", "08LISBON3"]


def test_read_reports_a_row_without_text(row, as_csv):
    [problem] = read_bytes(as_csv((*row()[:6], "", " ")))
    assert (problem.code, problem.position) == ("no-text", 1)


def test_read_decodes_row_by_row(row, as_csv):
    data = as_csv(row(1)).replace(b"harbor office", "pôrto".encode()) + as_csv(row(2)).replace(
        b"harbor office", b"p\xf4rto\x81"
    )
    first, second = read_bytes(data)
    assert (first.encoding, second.encoding) == ("utf-8", "cp1252")
    assert "pôrto;" in first.text
    assert "pôrto\x81;" in second.text


def test_read_strips_a_byte_order_mark(row, as_csv):
    first, second = read_bytes(b"\xef\xbb\xbf" + as_csv(row(1), row(2)))
    assert (first.encoding, first.get("row_id")) == ("utf-8-sig", "1")
    assert second.encoding == "utf-8"


def test_read_takes_utf_16(row, as_csv):
    found = read_bytes(as_csv(row(1), row(2)).decode().encode("utf-16"))
    assert [cable.encoding for cable in found] == ["utf-16", "utf-16"]


def test_read_leaves_out_a_row_beyond_all_measure_within_bounded_memory(tmp_path, row, as_csv):
    path = tmp_path / "cables.csv"
    with path.open("wb") as file:
        file.write(as_csv(row(1, "08LISBON1"))[:-3])
        for _ in range(40):
            file.write(b"lost quote " * 100_000)
        file.write(b"\n" + as_csv(row(2, "08LISBON2")))
    tracemalloc.start()
    found = list(read([path]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert codes(found) == ["csv-row-too-long", "08LISBON2"]
    assert peak < 40 * 1024 * 1024


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@given(fields=st.tuples(texts, texts, texts, texts, texts, texts), number=st.integers(0, 999_999_999))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_read_gives_back_any_text(as_csv, fields, number):
    reference_id, _, _, _, header, body = fields
    data = as_csv((str(number), "1/2/2008 10:15", *fields))
    [cable] = read_bytes(data)
    if not (header.strip() or body.strip()):
        assert cable.code == "no-text"
        return
    assert (cable.get("reference_id") or "") == reference_id.strip()
    assert as_it_stood(cable.text, cable.repairs) == (
        f"{header}\n\n{body}" if header.strip() and body.strip() else header if header.strip() else body
    )


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
def test_read_loses_no_row_but_the_damaged(row, as_csv, data):
    rows = [as_csv(row(n, f"08LISBON{n}")) for n in (1, 2, 3)]
    start = data.draw(st.integers(0, len(rows[1]) - 1))
    end = data.draw(st.integers(start, len(rows[1])))
    found = codes(read_bytes(rows[0] + rows[1][:start] + rows[1][end:].rstrip(b"\n") + b"\n" + rows[2]))
    assert found[0] == "08LISBON1" or start < 5
    assert found[-1] == "08LISBON3"


@pytest.mark.parametrize(
    "heading",
    [
        b"id,date,reference id,origin,classification,references,header,body\n",
        b'"id","date","refid","origin","class","refs","header","body"\r\n',
    ],
)
def test_read_leaves_out_a_heading(row, as_csv, heading):
    assert read_bytes(heading + as_csv(row())) == read_bytes(as_csv(row()))
