"""Misprinted words: what an operator or a scanner made of a word of a closed vocabulary."""


def is_one_edit_away(word: str, target: str) -> bool:
    """Whether one letter is missing, doubled, wrong or changes places with the next."""
    if abs(len(word) - len(target)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(word, target, strict=False)) if a != b), min(len(word), len(target)))
    rest, expected = word[at:], target[at:]
    return (
        rest[1:] == expected[1:]
        or rest == expected[1:]
        or rest[1:] == expected
        or (len(rest) > 1 and rest[1] + rest[0] + rest[2:] == expected)
    )
