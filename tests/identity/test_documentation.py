import re
from pathlib import Path

from kg.identity.catalogue import identity_rules
from kg.identity.ledger import JUDGEMENTS_HEAD, decode_judgements, encode_ledger
from kg.identity.model import Ledger
from kg.identity.resolve import resolve

PAGE = (Path(__file__).parents[2] / "docs" / "explanation" / "ledger.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```text\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
BLOCKS = [block for block in BLOCKS if block.startswith(("a\t", "kind\t"))]
ROWS = re.findall(r"^\| `([a-z-]+)` \| ([^|]+) \| ([\d.]+) \|$", PAGE, re.MULTILINE)


def test_page_lists_all_rules_and_vetoes_in_order():
    assert [(rule.name, rule.meaning, f"{rule.score:g}") for rule in identity_rules().values()] == ROWS


def test_example_of_the_page_is_what_happens(person):
    def senator(cable, day, name, part, start, title="Senator"):
        return person(cable, day, name, title, country="EC", first=(part, start))

    persons = [
        senator("07QUITO41", "2007-05-02", "Ana Quill", "p2", 8),
        senator("08QUITO7", "2008-01-14", "Quill", "p1", 0),
    ]
    first = resolve(persons, Ledger(), ()).ledger
    persons.append(senator("06QUITO90", "2006-11-20", "Ana Quill", "p4", 15, "Deputy"))
    older = resolve(persons, first, ()).ledger
    persons.append(senator("08QUITO12", "2008-02-03", "Eva Quill", "p3", 30))
    ambiguous = resolve(persons, older, ())
    judgements = decode_judgements(BLOCKS[2])
    judged = resolve(persons, ambiguous.ledger, judgements).ledger
    assert BLOCKS[2].startswith(JUDGEMENTS_HEAD)
    assert older == first
    assert len(ambiguous.candidates) == 2
    assert [encode_ledger(ledger) for ledger in (first, ambiguous.ledger, judged)] == [BLOCKS[0], BLOCKS[1], BLOCKS[3]]
