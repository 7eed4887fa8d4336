"""The pages of a book that holds every element once, each with a marker word of its own: Q and small letters."""

import base64
import re

from small_book import CONF, Book
from small_book import PAGES as SMALL

COMMONMARK = r"""
# Qcommonmark

## Qsecond level

### Qthird *Qemphasis* level

#### Qfourth

##### Qfifth

###### Qsixth

Qsetext heading
---------------

A *Qstar*, _Qunderscore_, **Qstrong**, __Qbold__, ***Qboth***, `Qcode`, ``Qtick ` Qticked``.

In an emergency call\
Qhardbackslash. Two blanks  
Qhardblanks.
Qsoft line, Qtom &amp; Qjerry, &copy; Qentity, \*Qescaped\*, Qin*Side*Word.

[Qlink](https://example.org/a_b), [Qtitled](https://example.org "A title"), [Qreferred][one], [Qcollapsed][],
<https://example.org/Qauto>, <mailto:Qmail@example.org>, [Qanchor](#target), [*Qlinked* `Qlinkedcode`](https://example.org).

[one]: https://example.org/one
[Qcollapsed]: https://example.org/two

> Qquote
> > Qquoteinquote
>
> - Qlistinquote

- Qbullet
- Qbullets

  Qloose paragraph

  1. Qnested
  2. Qnestedtwo

3. Qthree
4. Qfour
   - Qdash
     - Qdeep

> Qbeforerule
>
> ---
>
> Qafterrule

- Qitem

  ***

  Qitemafter

***

    Qindented code
      Qindentedmore

```
Qfenced
```

~~~python
Qtilde = "<Qangle>"
~~~

| Qleft | Qcentre | Qright |
| :--- | :---: | ---: |
| Qcell | **Qboldcell** | `Qcodecell` |
| Qpipe \| Qpiped | Qbefore<br>Qafter | [Qcelllink](https://example.org) |

Call [Qphone](tel:+123).

(target)=
Qtarget paragraph with Qnbsp&nbsp;Qnbspafter, Qdash – Qellipsis … Qarrow → Qgreek αβγ, Qaccents éüñø.

![Alt of the dot](dot.png)

[![Alt of the linked dot](dot.png)](https://example.org) Qafterpicture

---
"""

HTML = r"""
# Qhtml

<!-- a remark -->

One<br>Qbr<br/>Qbrslash<BR>Qbrupper <b>Qb</b> <i>Qi</i> <sub>Qsub</sub> <sup>Qsup</sup> <u>Qu</u> <s>Qs</s>
<mark>Qmark</mark> <small>Qsmall</small> <kbd>Qkbd</kbd> <code>Qhtmlcode</code> <span class=x>Qspan</span>
<abbr title="Long">Qabbr</abbr> <q>Qq</q> <a href="https://example.org/?a=1&b=2">Qa</a> <em>Qem</em>
<strong>Qst</strong>.

<details><summary>Qsummary</summary>

Qdetails **Qdetailsbold**.

</details>

<div class="box">Qdiv</div>

<div>

Qindiv

</div>

<p align=center>Qp &amp; Qamp & Qbare &nbsp;Qspace</p>

<table><tr><th>Qth</th><th>Qthtwo</th></tr><tr><td>Qtd</td><td>Qtdone<br>Qtdtwo</td></tr></table>

<ul><li>Qli</li><li>Qlitwo</li></ul>

<ol><li>Qol</li></ol>

<dl><dt>Qdt</dt><dd>Qdd</dd></dl>

<blockquote>Qblockquote</blockquote>

<pre>Qpre
Qpretwo</pre>

<h3>Qheading</h3>

<hr>

<center>Qcenter</center>

<figure><img src="dot.png" alt="A dot in a figure"><figcaption>Qfigcaption</figcaption></figure>

<img src="dot.png" alt="A red dot" width="20">

Inline <img src="dot.png" alt="A red dot"> Qinlinepicture.
"""

MYST = r"""
# Qmyst

```{note}
Qnote
```

:::{warning}
Qwarning
:::

```{tip}
Qtip
```

```{important}
Qimportant
```

```{caution}
Qcaution
```

```{danger}
Qdanger
```

```{hint}
Qhint
```

```{attention}
Qattention
```

```{error}
Qerror
```

```{seealso}
Qseealso
```

```{admonition} Qadmonition *Qadmonitionem*
:class: tip
Qadmonitionbody
```

```{admonition} Qdropdown
:class: dropdown
Qdropdownbody
```

```{versionadded} A
Qversionadded
```

```{deprecated} A
Qdeprecated
```

```{topic} Qtopic
Qtopicbody
```

```{sidebar} Qsidebar
Qsidebarbody
```

```{epigraph}
Qepigraph

-- Qattribution
```

```{pull-quote}
Qpullquote
```

```{highlights}
Qhighlights
```

```{compound}
Qcompound
```

```{container} own
Qcontainer
```

```{rubric} Qrubric
```

```{centered} Qcentered
```

```{hlist}
:columns: 2

- Qhlist
- Qhlisttwo
```

```{glossary}
Qterm
  Qmeaning
```

Qbeforeterm {term}`Qterm`.

```{figure} dot.png
:name: fig-dot
:alt: A red dot

Qcaption of it

Qlegend
```

```{figure} dot.png
:alt: A linked dot
:target: https://example.org
:width: 50%

Qlinkedcaption

Qlinkedlegend
```

```{table} Qtablecaption
:name: tab-one

| Qtc | Qtd |
| --- | --- |
| Qte | Qtf |
```

```{list-table} Qlisttable
:header-rows: 1

* - Qla
  - Qlb
* - Qlc
  - Qld
```

```{csv-table} Qcsvtable
:header: Qca, Qcb

Qcc, Qcd
```

```{code-block} python
:caption: Qcodecaption
:linenos:
:emphasize-lines: 1

Qcodeblock = 1
```

```{parsed-literal}
Qparsed *Qparsedem*
```

```{productionlist} Qproduction: Qproduced
```

```{only} html or epub or typst or latex
Qonly
```

```{only} nowhere
not shown
```

```{eval-rst}
Qrst :strong:`Qrststrong`

-o FILE  Qoption

| Qline
|   Qlineindented

:Qfield: Qfieldbody

>>> Qdoctest
'x'

.. line-block::

   Qlineblock
```

Qfootnoted[^one] and [^two].

[^one]: Qfootnote
[^two]: Qfootnotetwo

    Qfootnotepara

Qdef
: Qdefinition

: Qdefinitiontwo

:Qmystfield: Qmystfieldbody

- [ ] Qopentask
- [x] Qdonetask

{sub}`Qrolesub` {sup}`Qrolesup` {abbr}`Qroleabbr (long)` {kbd}`Qrolekbd` {command}`Qrolecommand` {file}`Qrole-{file}`
{guilabel}`Qguilabel` {menuselection}`Qmenu --> Qmenutwo` {samp}`Qsamp-{x}` {program}`Qprogram` {dfn}`Qdfn`
{mimetype}`Qmime` {manpage}`Qman(1)` {regexp}`Qregexp` {makevar}`Qmakevar` {newsgroup}`Qnewsgroup` {envvar}`Qenv`
{literal}`Qliteral` {emphasis}`Qroleem` {strong}`Qrolestrong` {title-reference}`Qtitleref` {code}`Qrolecode`
{pep}`8` {rfc}`2822` {doc}`Qdoc <html>` {ref}`Qref <fig-dot>` {numref}`Qnumref %s <fig-dot>` {any}`Qany <tab-one>`
{download}`Qdownload <dot.png>` {math}`a^2` {index}`Qindex` "Qsmart" ~~Qstruck~~ [Qattrs]{.cls} {{ subst }}.
Qcite {cite:p}`garciaromeu2020kratom` {cite:t}`garciaromeu2020kratom`.

(heading-target)=
## Qhead {sup}`Qheadsup` $x$

```{py:function} Qfunction(Qargument)
Qfunctionbody

:param Qargument: Qparam
:returns: Qreturns
```

```{envvar} Qenv
Qenvbody
```

% a remark

+++

Qlast
"""

MATHS = r"""
# Qmaths

Inline {math}`a^2 + b^2` Qinline and $\alpha$ Qdollar.

```{math}
:label: eq-one
y = \frac{a}{b}
```

Qsee {eq}`eq-one`.

$$
x &= \max(1, \exp z) \\
z &= \text{Qtext}
$$ (eq-two)

See {eq}`eq-two` Qtwo.

\begin{align}
c &= \dfrac12 \\
d &= \begin{cases} 1 & e > 0 \\ 0 & \text{else} \end{cases}
\end{align}

Qafteramsmath

$$\begin{pmatrix}1 & 2\\3 & 4\end{pmatrix} \sum_{i=1}^n \sqrt[3]{x_i} \hat{\theta} \boldsymbol{\beta} \mathbb{R}$$

Qend
"""

OUTPUTS = r"""---
file_format: mystnb
kernelspec:
  name: python3
---

# Qoutputs

```{code-cell}
:tags: [remove-input]
m = lambda k: "Q" + k
from IPython.display import HTML, SVG, Image, Latex, Markdown, display
import pandas as pd
display(HTML("<b>" + m("html") + "</b>"))
display(HTML("<p>" + m("para") + "</p><ul><li>" + m("item") + "</li></ul>"))
display(Latex(r"$$\int_a^b x\,dx$$"))
display(Markdown("**" + m("markdown") + "** | " + m("more")))
display(Markdown("| " + m("mdhead") + " |\n| --- |\n| " + m("mdcell") + " |"))
display(HTML("<table><tr><th>" + m("headsalone") + "</th></tr></table>"))
pd.DataFrame({"drug": [m("styler")], "n": [1]}).style
```

```{code-cell}
:tags: [remove-input]
display(pd.DataFrame({"drug": [m("frame")], "n": [1]}))
print(m("printed"))
m("value")
```

```{code-cell}
:tags: [hide-input]
Qhidden = m("shown")
Qhidden
```

```{code-cell}
:tags: [hide-cell]
Qwhole = m("wholeshown")
Qwhole
```

```{code-cell}
:tags: [hide-output]
m("folded")
```

```{code-cell}
---
tags: [remove-input]
mystnb: {image: {alt: A square}}
---
display(SVG('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'))
display({"image/svg+xml": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'}, raw=True)
pd.Series([1], index=[m("series")])
```
"""

NESTED = r"""
# Qnested

1. Qone

   ```{note}
   Qinlist

   - Qdeepitem

     > Qdeepquote
   ```

   ```python
   Qcodeinlist = 1
   ```

   | Qheadinlist |
   | --- |
   | Qcellinlist |

2. Qtwo
   * Qa
     1. Qb
        - Qc
          1. Qd
             - Qe

       Qafterdeep

10. Qten

- Qbreakinlist\
  Qbroken

-

- Qafterempty
  - [x] Qsubtask

Qterm *Qtermem*
Qtermtwo
: Qdef

  - Qdefitem

: Qdefbox

  ```{warning}
  Qdefwarning
  ```

:Qfield one:
  - Qfielditem

  Qfieldpara

> 1. Qquoteditem
>
>    ```
>    Qquotedcode
>    ```
>
> [^quoted]: Qmovedquoted

````{tip}
:class: dropdown
Qtip

```{danger}
Qdanger

| Qboxhead |
| --- |
| Qboxcell[^cell] |
```
````

```{list-table}
:header-rows: 1
:stub-columns: 1

* - Qstubhead
  - Qlisthead
* - Qstub
  - - Qitemincell
    - ![Alt](dot.png) Qpictureincell
* -
  - ```{note}
    Qnoteincell
    ```
```

Qnotes[^quoted] [^long]

[^cell]: Qmovedcell
[^long]: Qmovedlong

    - Qmoveditem

    ```
    Qmovedcode
    ```

```{eval-rst}
+------------+------------+
| Qgridhead  | Qgridtwo   |
+============+============+
| Qspan                   |
+------------+------------+

See [Qlabel]_.

.. [Qlabel] Qmovedbody
```
"""

NAMES = "# Qumlaut\n\nQpage with a blank and letters beyond ASCII.\n"
PAGES = {
    "commonmark": COMMONMARK,
    "html": HTML,
    "myst": MYST,
    "maths": MATHS,
    "outputs": OUTPUTS,
    "nested": NESTED,
    "Ein Käse": NAMES,
}
#: Words that stand elsewhere than their author wrote them: footnotes at the end, fields in a table.
MOVED = {"Qfootnote", "Qfootnotetwo", "Qfootnotepara"}
MOVED |= {f"Qmoved{word}" for word in ("quoted", "cell", "long", "item", "code", "body")}
SETTINGS = """
html_theme = "furo"
numfig = True
evidence_raw_html = ["*"]
nb_execution_timeout = 600
bibtex_default_style = "evidence"
myst_enable_extensions = [
    "amsmath", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist", "smartquotes", "strikethrough",
    "substitution", "tasklist",
]
myst_substitutions = {"subst": "Qsubstituted"}
suppress_warnings = ["myst.domains", "myst.strikethrough", "myst.header"]
"""
#: A red dot, as a picture.
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="


def lay_out(book: Book) -> Book:
    """Write the pages, their settings and the picture that they show."""
    (book.folder / "book" / "conf.py").write_text(CONF + SETTINGS, encoding="utf-8")
    (book.folder / "book" / "dot.png").write_bytes(base64.b64decode(DOT))
    book.write("index", SMALL["index"].replace("sources\n```", "\n".join(["sources", *PAGES]) + "\n```"))
    for page, text in PAGES.items():
        book.write(page, text)
    return book


def markers(page: str) -> list[str]:
    """List the marker words of a page, in the order of its author; cells make theirs with m()."""
    found = re.findall(r'(Q[a-z]+)|\bm\("([a-z]+)"\)', PAGES[page])
    return list(dict.fromkeys(written or f"Q{made}" for written, made in found))


def lost(page: str, words: str) -> list[str]:
    """Name the markers of a page that are not among its words, or stand before the one that they should follow."""
    place, missing = 0, []
    for marker in markers(page):
        found = re.search(rf"{marker}(?![a-z])", words if marker in MOVED else words[place:])
        if found is None:
            missing.append(marker)
        elif marker not in MOVED:
            place += found.end()
    return missing
