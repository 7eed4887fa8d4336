"""Write bibliographies as Zotero, Better BibTeX, Mendeley, JabRef, EndNote, PubMed and Lens export them."""

# ruff: noqa: E501  entries as the programs write them, on one line each
import json

#: One entry each by exporter and what is special about it; § stands for a number.
BIBTEX = {
    "zotero article": r"""@article{smith_title-word_§,
	title = {The {DNA} of \textit{Camellia} — sl{\'e}ep \& 50\% more},
	volume = {12}, issn = {0001-1234}, url = {https://example.org/a_b?x=%20§\&y=1}, doi = {10.1000/zot.§},
	abstract = {Of 10 people, 50\% \textgreater{} x\_1; “quoted”.}, language = {en}, number = {3},
	urldate = {2020-01-01}, journal = {Journal of Tea}, author = {Smith, Ann and {World Health Organization}},
	month = sep, year = {2020}, note = {Publisher: Wiley}, keywords = {Sleep, Tea}, pages = {1--9},
	file = {Full Text PDF:C\:\\Users\\x\\a.pdf:application/pdf},
}""",
    "zotero misc": "@misc{noauthor_page_§,\n\ttitle = {A page § without author},\n\turl = {https://example.org/§},\n}",
    "better biblatex": r"""@article{smithTitle§,
  title = {{{NASA}} and the {{B-12}} trial},
  shorttitle = {{{NASA}}}, author = {family=Berg, given=Jan, prefix=van den, useprefix=true and Doe, Jane},
  date = {2020-03/2020-04}, journaltitle = {Journal of Tea}, shortjournal = {J. Tea}, doi = {10.1000/bbt\_§},
  langid = {english}, keywords = {nosource}, annotation = {PMID: 1§}, eprint = {1§}, eprinttype = {pmid}
}""",
    "better biblatex online": "@online{whoPage§,\n title={Page},\n author={{WHO}},\n date={2019},\n url={https://w.org/§}\n}",
    "better biblatex thesis": "@thesis{doeThesis§, author = {Doe, Jane}, title = {On tea}, institution = {A University}, type = {{{PhD thesis}}}, date = {2019-05}}",
    "better biblatex report": "@report{doeReport§, author = {Doe, Jane}, title = {A report}, institution = {Ministry}, date = {2018}}",
    "better biblatex software": "@software{doeTool§, author = {Doe, Jane}, title = {A tool}, version = {1.0}, date = {2021}}",
    "better biblatex dataset": "@dataset{doeData§, author = {Doe, Jane}, title = {Data}, publisher = {Zenodo}, date = {2021}, doi = {10.5281/zenodo.§}}",
    "better biblatex chapter": "@incollection{doeChapter§, author = {Doe, Jane}, editor = {Roe, Bo}, title = {A chapter}, booktitle = {A book}, location = {Oslo}, publisher = {P}, date = {2017}}",
    "better biblatex patent": "@patent{doePatent§, author = {Doe, Jane}, title = {A pot}, number = {US§}, date = {2016}}",
    "mendeley": r"""@article{Jones2015§,
abstract = {Background: 5{\%} {\textless} x.},
author = {Jones, B. and O'Neil, C. and {de la Cruz}, Maria and others},
doi = {10.1007/978-3-540-§\_3}, file = {:home/me/a.pdf:pdf}, journal = {Sleep {\&} Tea},
mendeley-groups = {a}, month = {mar}, pages = {1--9}, title = {{A title with {\&} and {\_} inside}}, year = {2015}
}""",
    "jabref": """@Article{Doe2014_§,
  author    = {Jane Doe and M{\\"u}ller, J{\\"o}rg},
  title     = {Sleep -- a review},
  journal   = jabj,
  year      = {2014},
  groups    = {tea},
  owner     = {me},
  timestamp = {2020-01-01},
}""",
    "jabref parentheses": '@Book(doe§book,\n  author = "Doe, Jane", title = "A " # jabt, publisher = {P}, year = 1999)',
    "endnote": """@article{RN§,
   author = {Doe, Jane and Roe, Bo, Jr.},
   title = {A title},
   journal = {Journal of Tea},
   volume = {1},
   number = {2},
   pages = {3-4},
   ISSN = {1234-5678},
   DOI = {10.1000/en§},
   url = {https://doi.org/10.1000/en§},
   year = {in press},
   type = {Journal Article}
}""",
    "endnote thesis": "@phdthesis{RN9§,\n   author = {Doe, Jane},\n   title = {A thesis},\n   year = {2001},\n   type = {Thesis}\n}",
    "lens": """@article{ 003-141-212-§,
title = {A title of Lens},
year = {2013},
author = {Doe, Jane and 王, 伟 and Иванов, Иван},
journal = {Журнал},
url = {https://lens.org/003-141-212-§},
DOI = {10.1000/lens§}
}""",
    "unknown type": "@movie{film§, author = {Doe, Jane}, title = {A film}, year = {2011}}",
    "proceedings": "@inproceedings{doe-conf§, author = {Doe, Jane}, title = {A talk}, booktitle = {Proc}, year = {2010}}",
    "without author, in Chinese": "@article{无§, title = {茶与睡眠}, journal = {杂志}, year = {2009}}",
}
BIBTEX_HEAD = (
    """\ufeff% Encoding: UTF-8

@preamble{ "\\providecommand{\\noopsort}[1]{}" }
@String { jabj = {Journal of Tea} }
@string(jabt = "title")
@Comment{jabref-meta: databaseType:bibtex;}
@article{Many, title = {Of three hundred}, journal = {J}, year = 2012, author = {"""
    + " and ".join(["Doe, J."] * 300)
    + """}}

"""
)
RIS = {
    "endnote article": "TY  - JOUR\nAU  - Doe, J.\nAU  - Roe, B.\nPY  - 2019\nDA  - 2019/03/01\nTI  - A title §\nJO  - J Tea\n"
    "VL  - 1\nIS  - 2\nSP  - 3\nEP  - 9\nSN  - 1234\nUR  - https://example.org/§\nUR  - https://example.org/b\n"
    "DO  - 10.1000/ris§\nN1  - a note\nKW  - tea\nKW  - sleep\nID  - 4§\nER  - \n",
    "zotero chapter": "TY  - CHAP\nTI  - A chapter §\nT2  - A book\nAU  - Doe, Jane\nA2  - Roe, Bo\nPB  - P\nPY  - 2018///\nER  - \n",
    "zotero thesis": "TY  - THES\nTI  - A thesis §\nAU  - Doe, Jane\nPB  - A University\nPY  - 2017\nER  - \n",
    "lens article": "TY  - JOUR\nAN  - 003-§\nAU  - Doe, Jane\nT1  - A title of Lens §\nJF  - J Tea\nY1  - 2016/05/06\nER  -\n",
    "web page": "TY  - ELEC\nTI  - A page §\nAU  - World Health Organization\nUR  - https://example.org/p§\nER  - \n",
    "Chinese": "TY  - JOUR\nAU  - 王, 伟\nTI  - 茶与睡眠 §\nT2  - 杂志\nPY  - 2015\nER  - \n",
    "dataset": "TY  - DATA\nAU  - Doe, Jane\nTI  - Data § of tea\nPB  - Zenodo\nPY  - 2014\nER  - \n",
}
NBIB = {
    "article": "PMID- 3§\nOWN - NLM\nDP  - 2019 Nov-Dec\nTI  - A title that goes over\n      two lines §.\nPG  - 1-9\n"
    "LID - 10.1000/pm§ [doi]\nAB  - BACKGROUND: a\n      b.\nFAU - Doe, Jane\nAU  - Doe J\nLA  - eng\nPT  - Review\n"
    "JT  - Journal of Tea\nTA  - J Tea\nMH  - Sleep/*physiology\nAID - 10.1000/pm§ [doi]\n\n",
    "of a group": "PMID- 4§\nDP  - 2018 Spring\nTI  - By a group §.\nCN  - The Tea Group\nJT  - J Tea\nPMC - PMC4§\n\n",
}
CSL = {
    "article": {"type": "article-journal", "container-title": "J Tea", "DOI": "10.1000/csl§", "page": "1-9"},
    "web page": {"type": "webpage", "URL": "https://example.org/c§"},
    "thesis": {"type": "thesis", "publisher": "A University"},
    "report": {"type": "report", "publisher": "Ministry"},
}


def _csl(kind: dict[str, str], number: int) -> dict[str, object]:
    """Write an item as Zotero does, with an address as its id."""
    people = {
        "author": [{"family": "Doe", "given": "Jane"}, {"literal": "WHO"}],
        "issued": {"date-parts": [["2013", 1]]},
    }
    filled = {name: text.replace("§", str(number)) for name, text in kind.items()}
    return {"id": f"http://zotero.org/users/1/items/A{number}", "title": f"A title {number}", **people, **filled}


def files(of_each: int) -> dict[str, tuple[str, int]]:
    """Return text and count of entries of a file for each format, with so many entries of each kind."""
    numbers = range(1000, 1000 + of_each)

    def repeated(kinds: dict[str, str], between: str) -> tuple[str, int]:
        return between.join(kind.replace("§", str(n)) for n in numbers for kind in kinds.values()), of_each * len(kinds)

    csl = [_csl(kind, n * 10 + at) for n in numbers for at, kind in enumerate(CSL.values())]
    bib, count = repeated(BIBTEX, "\r\n\r\n")
    return {
        "all.bib": (BIBTEX_HEAD + bib, count + 1),
        "all.ris": repeated(RIS, "\n"),
        "all.nbib": repeated(NBIB, ""),
        "all.json": (json.dumps(csl, ensure_ascii=False, indent=1), len(csl)),
    }
