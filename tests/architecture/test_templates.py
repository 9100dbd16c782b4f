"""Templates hold no code, no style and no way around the escaping; colours stand in one file."""

import re

import pytest

from tests.architecture.source import ROOT, files, lines, where

FORBIDDEN_IN_TEMPLATES = {
    "text that passes by the escaping": re.compile(r"\|\s*safe(seq)?\b|{%-?\s*autoescape\s+off"),
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(ld\+)?json\")[^>]*>", re.I),
    "a style in the page": re.compile(r"<style\b|<[^>]+\sstyle\s*=", re.I),
    "code in an attribute": re.compile(r"<[^>]+\son[a-z]+\s*=|javascript:", re.I),
    "a thing from another host": re.compile(
        r"<(link|script|img|iframe|source|video|audio)\b[^>]*\s(src|href)=\"(https?:)?//", re.I
    ),
    "a colour": re.compile(r"\b(fill|stroke|color|bgcolor|stop-color)=\"\s*(#|rgb|hsl)", re.I),
}
FORBIDDEN_IN_PYTHON = re.compile(r"\bmark_safe\b|\bSafeString\b|\bSafeText\b|\b__html__\b")
COMMENT = re.compile(r"/\*.*?\*/", re.S)
DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;{}]+)(?=[;}])")
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(|"
    r"\b(white|black|red|green|blue|yellow|orange|purple|pink|brown|gr[ae]y|silver|maroon|navy|teal|olive|gold|"
    r"(light|dark|medium|pale|deep)[a-z]+)\b",
    re.I,
)


@pytest.mark.parametrize("what", FORBIDDEN_IN_TEMPLATES)
def test_no_template_holds(what: str) -> None:
    pattern = FORBIDDEN_IN_TEMPLATES[what]
    found = [
        f"{where(path)} {match.group()}"
        for path in files("templates/**/*.html", "claims/**/*.html")
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_only_notes_pass_by_the_escaping() -> None:
    """What people wrote was cleaned by `claims.text.sanitise` on its way in; nothing else is ever HTML."""
    passing = [path for path in files("claims/**/*.py") if FORBIDDEN_IN_PYTHON.search(path.read_text(encoding="utf-8"))]
    assert not [where(path) for path in passing if path != ROOT / "claims/templatetags/wording.py"]


def colours(css: str) -> list[str]:
    """Give the declarations that hold a colour of their own instead of naming a token."""
    return [match.group() for match in DECLARATION.finditer(COMMENT.sub("", css)) if COLOUR.search(match.group(2))]


def test_only_the_tokens_hold_colours() -> None:
    sheets = [path for path in files("claims/static/**/*.css") if path.name != "tokens.css"]
    assert not {where(path): found for path in sheets if (found := colours(path.read_text(encoding="utf-8")))}


@pytest.mark.parametrize(
    ("kind", "html"),
    [
        ("text that passes by the escaping", "{{ note|safe }}"),
        ("a script in the page", "<script>alert(1)</script>"),
        ("a script in the page", '<script type="module">go()</script>'),
        ("a style in the page", '<p class="a" style="color: red">'),
        ("code in an attribute", '<button onclick="go()">'),
        ("a thing from another host", '<script src="https://cdn.example/x.js"></script>'),
        ("a colour", '<rect fill="#fff"/>'),
    ],
)
def test_a_violation_in_a_template_is_seen(kind: str, html: str) -> None:
    assert FORBIDDEN_IN_TEMPLATES[kind].search(html)


def test_a_script_file_and_a_block_of_data_are_let_through() -> None:
    pattern = FORBIDDEN_IN_TEMPLATES["a script in the page"]
    assert not pattern.search('<script type="module" src="{% static \'claims/read.js\' %}"></script>')
    assert not pattern.search('<script id="sentences" type="application/json">[]</script>')


def test_a_colour_in_a_style_sheet_is_seen() -> None:
    assert colours("p { color: #fff; } a:hover { border: 1px solid rgb(0 0 0); } b { color: red }") == [
        "color: #fff", "border: 1px solid rgb(0 0 0)", "color: red ",
    ]  # fmt: skip
    assert not colours("#main:hover { color: var(--ink); background: transparent; } a { white-space: pre-wrap }")


def test_this_project_keeps_templates_in_one_place() -> None:
    assert not list((ROOT / "claims").glob("**/templates"))
    assert all(lines(path) for path in files("templates/**/*.html"))
