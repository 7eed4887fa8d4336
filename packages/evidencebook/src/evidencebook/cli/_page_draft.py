"""Write the first draft of a page: what it must hold, and where the writing begins."""

from collections.abc import Sequence

from evidencebook.evidence.todo_markers import MARK

_CHAPTER = """\
# {title}

% {mark} one sentence that says which question this page answers. Lines that begin with % are not shown.

## In short

{short}
## What the evidence says

% {mark} the reasons, one sentence per line; each number is a role: {{finding:value}}`ID`.

## What is not known

% {mark} what nobody has studied yet.
"""
_ANALYSIS = """\
---
file_format: mystnb
kernelspec:
  name: python3
---

# {title}

% {mark} which question is asked and what comes out. Lines that begin with % are not shown.

## In short

{short}
## The numbers

```{{code-cell}} ipython3
:tags: [hide-input]
from evidencebook import findings

data = findings({topics})
data[["about", "value", "unit"]]
```

## What the method assumes, and what would break it

% {mark} the assumptions, and which of them matter.

## What is not known

% {mark} what the numbers leave open.
"""
_CLAIMS = """\
```{{claims}}
:ids: {ids}
:style: brief
```
"""


def draft(title: str, claims: Sequence[str] = (), topics: Sequence[str] = ()) -> str:
    """Return the text of a new page; with topics it is an executed page that loads their findings."""
    short = (
        _CLAIMS.format(ids=" ".join(claims))
        if claims
        else f"% {MARK} a {{claims}} block that names two to four claims.\n"
    )
    form = _ANALYSIS if topics else _CHAPTER
    return form.format(title=title, mark=MARK, short=short, topics=", ".join(f'"{topic}"' for topic in topics))
