"""Write Typst: words that stay words, strings, places and calls."""

import re
from urllib.parse import quote

#: What a backslash must make a plain character: signs that mean something everywhere; a slash, a stop or a hyphen that
#: would begin a comment, an ellipsis, a dash or a minus; and what means something where words begin, behind a call or
#: at the beginning of a line. No more than these: each backslash makes Typst set one more piece of text.
_SPECIAL = re.compile(r"[\\#*_`$<@~\[\]'\"]|/(?=[/*])|\.(?=\.)|-(?![A-Za-z ])")
_BEGINNING = re.compile(r"^(\s*)(?:([=+/(.;-])|(\d+)(?=\.))")
#: Typst ends a paragraph at two of its line ends; docutils means no more than a space by any of them.
_BREAK = re.compile("[ \t]*[\n\r\v\f\u0085\u2028\u2029][ \t\n\r\v\f\u0085\u2028\u2029]*")
#: The circles that draw a certainty: kept on one line, and as large as the letters around them.
_GRADE = re.compile("[⊕◯]+")


def text(words: str) -> str:
    """Write words so that none of their signs is read as markup."""
    plain = _SPECIAL.sub(r"\\\g<0>", _BREAK.sub(" ", words))
    plain = _BEGINNING.sub(lambda found: f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\", plain)
    return _GRADE.sub(r"#grade[\g<0>];", plain)


def string(words: str) -> str:
    """Write a string of Typst's language."""
    body = words.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _BREAK.sub(lambda found: "\\n" * max(1, found[0].count("\n")), body) + '"'


def place(name: str) -> str:
    """Write the name of a place, in letters that an address may hold."""
    return string(quote(name, safe="/:._-"))


def array(items: list[str]) -> str:
    """Write an array; a comma behind the last item keeps a single one from being taken for a bracket."""
    return f"({', '.join(items)}{',' if len(items) == 1 else ''})"


def call(name: str, body: str, *arguments: str) -> str:
    """Write a call with a body, as `#name(arguments)[body]`."""
    return f"#{name}({', '.join(arguments)})[{body}]" if arguments else f"#{name}[{body}]"
