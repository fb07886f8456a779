"""Bytes become text in the encoding that they are in, and binary data are told from text."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.sources.decoding import decode, decode_head, is_binary


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("Pôrto ’x’\r\n".encode(), "Pôrto ’x’\r\n", "utf-8"),
        ("\ufeffPôrto".encode(), "Pôrto", "utf-8-sig"),
        ("Pôrto ’x’".encode("cp1252"), "Pôrto ’x’", "cp1252"),
        (b"P\xf4rto \x81\x8d\x8f\x90\x9d", "Pôrto \x81\x8d\x8f\x90\x9d", "cp1252"),
        ("Pôrto".encode("utf-16"), "Pôrto", "utf-16"),
        (b"\xfe\xff" + "Pôrto".encode("utf-16-be"), "Pôrto", "utf-16"),
        (b"\xff\xfeP\x00\xf4", "P\ufffd", "utf-16"),
        (b"", "", "utf-8"),
    ],
    ids=["utf-8", "mark", "windows", "undefined", "utf-16-le", "utf-16-be", "utf-16-cut", "empty"],
)
def test_decode(data, text, encoding):
    assert decode(data) == (text, encoding)


@given(st.binary())
def test_decode_never_raises(data):
    decode(data)
    decode_head(data)
    is_binary(data)


def test_decode_head_takes_a_character_that_is_cut():
    assert decode_head("Pô".encode()[:-1]) == "P\ufffd"


def test_is_binary_of_noise():
    noise = random.Random(7)
    assert all(is_binary(noise.randbytes(size)) for size in (200, 4000, 100_000))
    assert is_binary(b"abc\0def")


@pytest.mark.parametrize("text", ["", "P 021015Z JAN 08\r\n\t\x0c\x1a\x03\x04\x1b", "Pôrto" * 50, "\x01" + "a" * 100])
def test_is_binary_of_text(text):
    assert not is_binary(text.encode())
    assert not is_binary(text.encode("utf-16"))
