"""LaTeX in the text of a field becomes letters and signs; what is not known stays."""

import pytest

from evidencebook.evidence.bibtex_fields import plain
from evidencebook.evidence.latex_text import simplified, unknown


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"Na\"{\i}ve Erd{\H o}s \c{C}elik Ko{\c{c}} {\.I} W{\k e} {\d h} {\=a} \~Nu {\u g} \r{a} \v Sa", ""),
        (r"Stra{\ss}e {\aa} \AE{}ther {\DJ}or{\dj}e {\TH} {\L} \o re", "Straße å Æther Đorđe Þ Ł øre"),
        (
            r"\textquoteleft q\textquoteright{} \textendash{} \textemdash{} x\ldots y\dots{} \texteuro 5",
            "‘q’ – — x…y… €5",
        ),
        (r"\textmu g \textbeta{} \textpm{} \textdegree{}C \textgreater{} \S 5 \texttrademark", "µg β ± °C > §5 ™"),
        (r"$\beta_2$ at $n \geq 3$, $p<0.05$, 10$^{-3}$, $\mathrm{CO_2}$, $x \times y$, $R^2$", ""),
        (r"$\frac{1}{2}$ of $T_{max}$, 1$^{st}$, $x^{a+1}$, 20$^\circ$C, $\Delta^9$-THC", ""),
        (r"{\em a} {\bf b} \textsc{C\textit{d {e}}} \underline{f} \mbox{g} \ensuremath{\alpha^2}", "a b Cd e f g α²"),
        (r"See \href{https://x.org}{the site} at \url{https://x.org/a_b}", "See the site at https://x.org/a_b"),
        (r"``Quoted'' --- 5--9 \LaTeX{} AT\&T \#1 50\% \$5 a\_b", "“Quoted” — 5–9 LaTeX AT&T #1 50% $5 a_b"),
        ("<i>Tea</i> &amp; CO<sub>2</sub> &lt; 10<sup>3</sup>", "Tea & CO₂ < 10³"),
        (r"{\noopsort{1973b}}1973 hy\-phen a\,b \newline c", "1973 hyphen a b c"),
    ],
)
def test_plain(latex: str, text: str) -> None:
    """Accents on every letter, signs of text and formulas, fonts, links, quotation marks, HTML."""
    expected = {
        "N": "Naïve Erdős Çelik Koç İ Wę ḥ ā Ñu ğ å Ša",
        "$b": "β₂ at n ≥ 3, p<0.05, 10⁻³, CO₂, x × y, R²",
        "$f": "1/2 of Tmax, 1st, x^(a+1), 20°C, Δ⁹-THC",
    }
    assert plain(latex) == (text or expected[latex.replace("\\", "")[: 1 if latex[0] == "N" else 2]])


def test_unknown() -> None:
    """A command that has no sign is named; a text without commands is left as it is."""
    assert unknown(simplified(r"a \footnote{b} $\alpha$")) == r"\footnote"
    assert unknown(simplified(r"a \& b $\alpha$")) == ""
    assert simplified("A title, 1–2 {DNA}") == "A title, 1–2 {DNA}"
