import pytest

from kg.errors import DataFolderError
from kg.identity.ledger import decode_judgements, decode_ledger, encode_judgements, encode_ledger
from kg.identity.model import Judgement, Ledger

LEDGER = Ledger(
    names={"09BOGOTA335#p6-0": "aaaaaaaaaa", "07MEXICO12#p1-4": "bbbbbbbbbb"}, redirects={"aaaaaaaaaa": "bbbbbbbbbb"}
)
SAME = Judgement(
    a="07MEXICO12#p1-4", b="09BOGOTA335#p6-0", verdict="same", by="person", rule="judged", reason="the same desk"
)


def test_encode_ledger_is_sorted_text():
    assert encode_ledger(LEDGER) == (
        "kind\tfrom\tto\n"
        "identity\t07MEXICO12#p1-4\tbbbbbbbbbb\n"
        "identity\t09BOGOTA335#p6-0\taaaaaaaaaa\n"
        "redirect\taaaaaaaaaa\tbbbbbbbbbb\n"
    )


def test_decode_ledger_gives_back_what_was_encoded():
    assert decode_ledger(encode_ledger(LEDGER)) == LEDGER


def test_decode_ledger_of_nothing_is_empty():
    assert decode_ledger("") == Ledger()


@pytest.mark.parametrize(
    "text",
    [
        "identity\t09BOGOTA335#p6-0\n",
        "person\t09BOGOTA335#p6-0\taaaaaaaaaa\n",
        "identity\tx\taaaaaaaaaa\nidentity\tx\tbbbbbbbbbb\n",
        "identity\tx\taaaaaaaaaa\nidentity\ty\taaaaaaaaaa\n",
        "identity\tx\taaaaaaaaaa\nredirect\taaaaaaaaaa\tzzzzzzzzzz\n",
    ],
)
def test_decode_ledger_refuses_what_is_no_ledger(text: str):
    with pytest.raises(DataFolderError):
        decode_ledger(text)


def test_judgements_come_back_sorted_and_once():
    other = Judgement(a="a#p1-0", b="b#p1-0", verdict="different", by="rule", rule="other-name")
    text = encode_judgements([other, SAME, SAME])
    assert decode_judgements(text) == (SAME, other)
    assert encode_judgements(decode_judgements(text)) == text


def test_encode_judgements_folds_the_reason():
    text = encode_judgements([Judgement(a="a", b="b", verdict="same", by="person", rule="judged", reason="one\ttwo\n")])
    assert decode_judgements(text)[0].reason == "one two"


def test_decode_judgements_sorts_the_anchors():
    (judgement,) = decode_judgements("b\ta\tsame\tperson\tjudged\t\n")
    assert (judgement.a, judgement.b) == ("a", "b")


@pytest.mark.parametrize(
    "text",
    [
        "a\tb\tsame\n",
        "a\tb\tmaybe\tperson\tjudged\t\n",
        "a\tb\tsame\tnobody\tjudged\t\n",
        "a\ta\tsame\tperson\tjudged\t\n",
    ],
)
def test_decode_judgements_refuses_what_is_none(text: str):
    with pytest.raises(DataFolderError):
        decode_judgements(text)
