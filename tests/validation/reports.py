"""Invented results for the tests of reports."""

from dataclasses import replace

from kg.iris import CKS, PREFIXES
from kg.validation.model import CableResults, Place, Result

BASE = "https://w3id.org/cablekg/"
SH = PREFIXES["sh"]
WARNING = Result(
    focus=BASE + "cable/09QUITO77",
    path=PREFIXES["ck"] + "hasTag",
    value=None,
    message='No "TAGS" line.',
    severity="Warning",
    shape=CKS + "cable-tag-missing",
    component=SH + "MinCountConstraintComponent",
    place=Place(source="quito.csv", position=17),
)
VIOLATION = Result(
    focus=BASE + "cable/09QUITO77#p1",
    path=None,
    value='"<script>x</script>"@en',
    message="Odd & <b>bold</b>,\nin two lines.",
    severity="Violation",
    shape=None,
    component=SH + "NodeKindConstraintComponent",
    place=Place(source="quito.csv", position=17, line=12),
)
ODD = CableResults(canonical_id="09QUITO77", results=(VIOLATION, WARNING))
DOUBTFUL = CableResults(canonical_id="09QUITO80", results=(replace(WARNING, focus=BASE + "cable/09QUITO80"),))
GOOD = CableResults(canonical_id="09QUITO78")
BROKEN = CableResults(canonical_id="09QUITO79", failure="ValueError: odd")
CABLES = (ODD, GOOD, BROKEN, DOUBTFUL)
