"""JSON is read strictly: what two readers could take for two things is refused."""

import json
import time

import pytest
from flask import Flask, request
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from feedback.api.strict_json import MOST_DEPTH, read_json

app = Flask(__name__)


def read(raw: bytes, content_type: str = "application/json"):
    with app.test_request_context("/", method="POST", data=raw, content_type=content_type):
        return read_json(request)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=20,
)


@given(json_values)
def test_whatever_is_json_comes_out_as_it_went_in(value: object) -> None:
    assert read(json.dumps(value).encode()) == value


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"hello",
        b"{'name': 1}",
        b'{"name": "Jane"} {"name": "Max"}',
        b'{"name": NaN}',
        b'{"n": Infinity}',
        b'{"n": -Infinity}',
        b'{"n": 1e400}',
        b'{"n": -1e400}',
        b'{"n": ' + b"9" * 5000 + b"}",
        b'{"name": "Jane", "name": "Max"}',
        b'{"a": [{"name": 1, "name": 1}]}',
        b'{"name": "\xe9"}',
        b'\xff\xfe{\x00"\x00a\x00"\x00:\x001\x00}\x00',
        b'\xef\xbb\xbf{"a": 1}',
        b'{"a": "\x00"}',
        b"[" * 100_000,
        b"[" * 10_000 + b"]" * 10_000,
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    ],
)
def test_what_is_not_json_is_said_to_be_malformed(raw: bytes) -> None:
    with pytest.raises(BadRequest) as refusal:
        read(raw)
    assert refusal.value.description.endswith(".")
    assert "Python" not in refusal.value.description
    assert "sys." not in refusal.value.description


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "json"]
)
def test_another_content_type_is_not_read(kind: str) -> None:
    with pytest.raises(UnsupportedMediaType):
        read(b'{"name": "Jane"}', kind)


@pytest.mark.parametrize(
    "kind", ["application/json; charset=utf-8", "Application/JSON", "application/merge-patch+json"]
)
def test_the_kinds_of_json_are_read(kind: str) -> None:
    assert read(b"{}", kind) == {}


def test_brackets_in_a_text_are_no_depth() -> None:
    text = "[" * 500 + '{"\\' * 500
    assert read(json.dumps({"remarks": text}).encode()) == {"remarks": text}


def test_the_depth_that_is_allowed_is_exact() -> None:
    assert read(b"[" * MOST_DEPTH + b"]" * MOST_DEPTH)
    with pytest.raises(BadRequest):
        read(b"[" * (MOST_DEPTH + 1) + b"]" * (MOST_DEPTH + 1))


def test_many_brackets_side_by_side_are_no_depth() -> None:
    assert read(b"[" + b"[]," * 1000 + b"[]]") == [[]] * 1001


def test_half_a_character_is_seen_to_be_lost() -> None:
    sent = rb'{"\ud800": ["a\udc00b", {"c": "\ud83d\ude00"}]}'
    assert read(sent) == {"\ufffd": ["a\ufffdb", {"c": "\U0001f600"}]}


def test_an_open_string_full_of_escapes_costs_nothing() -> None:
    raw = b"[" * 40 + b'"' + b'\\"' * 120_000
    began = time.perf_counter()
    with pytest.raises(BadRequest):
        read(raw)
    assert time.perf_counter() - began < 1
