"""Tell judgements and candidates in sentences: who is whom, by which words of which cables, and why."""

from typing import Final

from kg.identity.catalogue import JUDGED, identity_rules
from kg.identity.chiefs import terms_of
from kg.identity.model import SAME, Judgement, LocalPerson, Verdict
from kg.identity.profiles import Profile

# What the rules of candidates leave open.
OPEN: Final = {
    "alike-names": "their names are alike, and nothing else tells that they are one",
    "full-names-at-post": "several persons of that surname served at the post in those years",
    "fuller-name-of-several": "several fuller names are possible",
    "longer-name": "one name is longer, in a country where the last word is not left out",
    "not-in-office": "the surname signed at the post before or after the term of the other",
    "same-full-name-country-unstated": "the names are the same, and one has no country",
    "surname": "the surname is the same, and no office tells whether it is the same person",
}


def place_of(person: LocalPerson) -> str:
    """A mention for a reader: `“Quill” in 07QUITO41#p2-8 of 2007-05-02`."""
    when = f" of {person.sent_at.isoformat()}" if person.sent_at is not None else ""
    return f"“{person.name}” in {person.anchor}{when}"


def sentence(one: LocalPerson, other: LocalPerson, verdict: Verdict, rule: str, against: str = "") -> str:
    """Why two mentions are one person, or two: `“Quill” in … and “Ana Quill” in … are one person: the surname …`."""
    both = f"{place_of(one)} and {place_of(other)}"
    meaning = meaning_of(rule)
    if verdict == SAME:
        return f"{both} are one person: {meaning}{_office_of(one, other)}."
    tried = f", though {meaning_of(against)} would make them one" if against else ""
    return f"{both} are two persons: {meaning}{tried}."


def gathered(profile: Profile) -> str:
    """Why the members of a profile are one person, told once for all of them."""
    first, last = profile.members[0], profile.members[-1]
    listed = _listed(profile.chief, profile.posting)
    return (
        f"“{first.name}” is one person in {len(profile.members)} cables from {place_of(first).split(' in ')[-1]} to "
        f"{place_of(last).split(' in ')[-1]}: {meaning_of(profile.rule)}{listed}."
    )


def judged(judgement: Judgement, one: LocalPerson, other: LocalPerson) -> str:
    """What a person judged, with the person's reason."""
    verdict = "one person" if judgement.verdict == SAME else "two persons"
    reason = f": {judgement.reason.rstrip('.')}" if judgement.reason else ""
    return f"{place_of(one)} and {place_of(other)} are {verdict}, as a person judged{reason}."


def meaning_of(rule: str) -> str:
    """What a rule says, in a few words."""
    known = identity_rules().get(rule)
    return "a person judged so" if rule == JUDGED else known.meaning if known is not None else OPEN.get(rule, rule)


def _office_of(one: LocalPerson, other: LocalPerson) -> str:
    ours, theirs = ({title for title, _, _ in person.roles} for person in (one, other))
    shared = sorted(ours & theirs)
    return f" ({', '.join(shared)})" if shared else ""


def _listed(chief: str, posting: str | None) -> str:
    terms = [term for term in terms_of(chief) if term.post == posting]
    if not terms:
        return ""
    until = terms[0].until.isoformat() if terms[0].until is not None else "today"
    return f" ({terms[0].name}, {terms[0].role} at {posting} from {terms[0].since.isoformat()} to {until})"
