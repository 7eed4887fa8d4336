"""Turn the LaTeX that people and exporters write into the text of a field into letters and signs of Unicode."""

import re
import unicodedata
from functools import cache

#: Marks above and below a letter, by the command that puts them there.
_MARKS = {
    **dict(zip("`'^\"~=.", "\u0300\u0301\u0302\u0308\u0303\u0304\u0307", strict=True)),
    **dict(zip("uvHckdbr", "\u0306\u030c\u030b\u0327\u0328\u0323\u0331\u030a", strict=True)),
}
_ACCENT = re.compile(
    r"\\(?:([`'^\"~=.])\s*|([uvHckdbr])(?:\s+|(?=[{\\])))"
    r"(?:\{\s*(?:\\([ij])|([^\W\d_]))\s*(?:\{\})?\s*\}|\\([ij])(?![A-Za-z])(?:\{\}|\s+(?=\w))?|([^\W\d_]))"
)
#: Names of letters and signs in text; those of formulas are docutils'.
_NAMES = """
ss ß SS ẞ ae æ AE Æ oe œ OE Œ o ø O Ø l ł L Ł aa å AA Å i ı j ȷ dh ð DH Ð dj đ DJ Đ th þ TH Þ ng ŋ NG Ŋ
ldots … dots … textellipsis … textquoteleft ‘ textquoteright ’ textquotedblleft “ textquotedblright ” textquotedbl "
textquotesingle ' quotedblbase „ quotesinglbase ‚ guillemotleft « guillemotright » guillemetleft « guillemetright »
guilsinglleft ‹ guilsinglright › textendash – textemdash — texthyphen - textmu µ textmicro µ texteuro € euro €
pounds £ textsterling £ textyen ¥ textcent ¢ textdegree ° degree ° textcelsius ℃ celsius ℃ copyright ©
textcopyright © texttrademark ™ textregistered ® textless < textgreater > lt < gt > textbar | textasciitilde ∼
textasciicircum ˆ textunderscore \\_ textbullet • textperiodcentered · textpm ± texttimes × textdiv ÷ textminus −
textonehalf ½ textonequarter ¼ textthreequarters ¾ textonesuperior ¹ texttwosuperior ² textthreesuperior ³ textohm Ω
textsection § textparagraph ¶ textdagger † textdaggerdbl ‡ dag † ddag ‡ textexclamdown ¡ textquestiondown ¿
textordfeminine ª textordmasculine º textnumero № textleftarrow ← textrightarrow → slash / LaTeX LaTeX TeX TeX
BibTeX BibTeX percent \\% hbar ℏ textasteriskcentered * backslash ∖ textbackslash ∖
max max min min log log ln ln exp exp
"""
#: Commands that say how what follows looks; and those of which, with their first argument, nothing is printed.
_LOOKS = """
textit textbf textrm textsc textsf texttt textup textmd textsl textnormal emph em bf it rm sc sf sl tt bfseries itshape
scshape upshape slshape normalfont mathrm mathit mathbf mathsf mathtt mathcal mathbb mathfrak text boldsymbol bm
operatorname enquote mkbibquote mkbibemph mkbibbold ce protect underline uline mbox hbox relax url nolinkurl path
left right displaystyle textstyle limits small large Large tiny textcyrillic textgreek textlatin NoCaseChange
"""
_LOOK = re.compile(rf"\\(?:{'|'.join(sorted(_LOOKS.split(), key=len, reverse=True))})(?![A-Za-z])\s*")
_NOTHING = re.compile(r"\\(?:noopsort|href|label|hspace|vspace|foreignlanguage|textcolor|color)\s*\{[^{}]*\}")
_WITH_SPACE = re.compile(r"\\([A-Za-z]+)(?:\{\}|\s+)?")
#: A command with its name.
COMMAND = re.compile(r"\\([A-Za-z]+)")
_SPACE = re.compile(r"\s*\\(?:[,;:! ]|\\(?=\s)|(?:q?quad|newline|linebreak)(?![A-Za-z]))\s*")
_TIE = re.compile(r"(?<!\\)~")
_FORMULA = re.compile(
    r"(?<!\\)\$((?:[^$\\]|\\.)+)\$|\\\((.+?)\\\)|\\ensuremath\s*\{((?:[^{}]|\{[^{}]*\})*)\}", re.DOTALL
)
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_RAISED = re.compile(r"\\text(sub|super)script\s*\{([^{}]*)\}|<(sub|sup)>([^<>]*)</\3>", re.IGNORECASE)
_RAISEDCOMMAND = re.compile(r"\s*([_^])\s*(?:\{([^{}]*)\}|([^\s{}\\]))")
_TAGS = re.compile(r"</?(?:i|b|em|strong|sub|sup|scp|span|u|p|jats:\w+)(?: [^<>]*)?/?>", re.IGNORECASE)
_SMALL = {
    "_": str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"),
    "^": str.maketrans("0123456789+-−=()∘", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾°"),
}
_MEANT = re.compile(r"[\\$~<]|``|''|---")


def simplified(text: str) -> str:
    """Write letters, signs and small formulas for LaTeX's commands, without what only changes their look.

    Braces stay, and so do the escapes of signs that mean something to LaTeX; a command that is not known stays too.
    """
    if not _MEANT.search(text):
        return text
    text = _FORMULA.sub(lambda found: _formula(found[1] or found[2] or found[3]), without_tags(text))
    text = _LOOK.sub("", _NOTHING.sub("", _ACCENT.sub(_accented, text)))
    text = _SPACE.sub(" ", _TIE.sub("\xa0", text)).replace("\\-", "").replace("\\/", "")
    return _WITH_SPACE.sub(_sign, text).replace("``", "“").replace("''", "”").replace("---", "—")


def without_tags(text: str) -> str:
    """Take the tags of HTML out of a text; digits below and above the line become small ones."""
    return _TAGS.sub("", _RAISED.sub(lambda found: _small(found[1] or found[3], found[2] or found[4] or ""), text))


def unknown(text: str) -> str:
    """Return the first command that stands in a simplified text, which nobody reads; "" where none does."""
    found = COMMAND.search(text)
    return found[0] if found else ""


def _accented(found: re.Match[str]) -> str:
    letter = next(filter(None, found.groups()[2:]))
    return unicodedata.normalize("NFC", letter + _MARKS[found[1] or found[2]])


def _sign(found: re.Match[str]) -> str:
    """Write the sign that a command names; in text LaTeX takes the space behind its name for the end of it."""
    sign = _signs().get(found[1]) or (_signs().get(found[1][4:]) if found[1].startswith("text") else None)
    return sign or found[0]


def _formula(latex: str) -> str:
    """Write a formula in a line of text: signs, small digits, fractions with a slash."""
    latex = _SPACE.sub(" ", _LOOK.sub("", _FRACTION.sub(r"\1/\2", latex)))
    latex = COMMAND.sub(_sign, latex)
    return _RAISEDCOMMAND.sub(lambda found: _small(found[1], found[2] or found[3] or ""), latex)


def _small(place: str, text: str) -> str:
    """Write what stands below or above the line: digits as small ones, words as they are."""
    above = place.lower() in {"^", "super", "sup"}
    small = text.translate(_SMALL["^" if above else "_"])
    kept = set(text) & set(small)
    return small if not above or small.isalpha() or len(text) == 1 or not kept else f"^({text})"


@cache
def _signs() -> dict[str, str]:
    """Gather names and signs, of formulas and of text."""
    from docutils.utils.math import tex2unichar  # noqa: PLC0415  most files hold no command that is looked up here

    tables = (tex2unichar.mathbin, tex2unichar.mathord, tex2unichar.mathrel, tex2unichar.mathop, tex2unichar.mathalpha)
    words = _NAMES.split()
    return {name: sign for table in tables for name, sign in table.items()} | dict(
        zip(words[::2], words[1::2], strict=True)
    )
