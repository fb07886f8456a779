"""What identity knows of titles: spellings of one office, offices with one holder at a time, chiefs of post."""

from typing import Final

from kg.identity.forms import fold

# Spellings of one office, folded; the second is what it counts as.
SPELLINGS: Final = {
    "ag": "attorney general",
    "amb": "ambassador",
    "ambassadors": "ambassador",
    "cda": "charge",
    "cg": "consul general",
    "charge d affaires": "charge",
    "charge daffaires": "charge",
    "charge d affaires ad interim": "charge",
    "charge d affaires a i": "charge",
    "charge daffaires a i": "charge",
    "dcm": "deputy chief of mission",
    "defence minister": "defense minister",
    "defmin": "defense minister",
    "fm": "foreign minister",
    "fonmin": "foreign minister",
    "minister for foreign affairs": "foreign minister",
    "minister of defence": "defense minister",
    "minister of defense": "defense minister",
    "minister of external affairs": "foreign minister",
    "minister of finance": "finance minister",
    "minister of foreign affairs": "foreign minister",
    "minister of interior": "interior minister",
    "minister of the interior": "interior minister",
    "mod": "defense minister",
    "modmin": "defense minister",
    "nsa": "national security advisor",
    "national security adviser": "national security advisor",
    "pm": "prime minister",
    "premier": "prime minister",
    "pres": "president",
    "president elect": "president",
    "presidents": "president",
    "prime ministers": "prime minister",
    "secdef": "defense secretary",
    "secretary of defense": "defense secretary",
    "secstate": "secretary of state",
    "senators": "senator",
    "us ambassador": "ambassador",
    "vp": "vice president",
}

# National offices with one holder at a time: surname, office, country and years tell a person, and nobody holds two
# different ones in the same month unless a cable says so.
SINGLE: Final = frozenset(
    {
        "attorney general",
        "chancellor",
        "defense minister",
        "defense secretary",
        "finance minister",
        "foreign minister",
        "foreign secretary",
        "interior minister",
        "justice minister",
        "king",
        "national security advisor",
        "president",
        "prime minister",
        "queen",
        "secretary of state",
        "supreme leader",
        "vice president",
    }
)

# Titles that name an office only with the body: the president of a party is not the President.
BARE: Final = frozenset(
    {"chairman", "chief", "director", "head", "leader", "minister", "president", "secretary", "speaker"}
)

# Those who head a post, or sign in the chief's place.
CHIEFS: Final = frozenset(
    {
        "acting principal officer",
        "ambassador",
        "charge",
        "chief of mission",
        "consul",
        "consul general",
        "deputy chief of mission",
        "principal officer",
    }
)

# Statuses that make another office of a title: the former President is not the President.
APART: Final = frozenset({"former", "elect", "designate", "candidate"})


def full_title(title: str, organization: str | None) -> str:
    """A title with its body, where it says little alone: `Minister` and `Defense` give `Minister of Defense`."""
    is_bare = organization is not None and " ".join(fold(title)) in BARE
    return f"{title} of {organization}" if is_bare else title


def office(title: str, status: str) -> str:
    """What a title counts as: `Minister of Foreign Affairs`, current → `foreign minister`; a former one is another."""
    words = " ".join(fold(title)).removeprefix("the ")
    plain = SPELLINGS.get(words, words)
    return f"{status} {plain}" if status in APART and plain else plain
