"""Name the licences of a book: one for what is read, one for what is run."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Licence:
    """Name a licence as SPDX does, and where its terms stand."""

    spdx: str
    name: str
    address: str


DATA = Licence("CC-BY-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")
CODE = Licence("MIT", "MIT", "https://spdx.org/licenses/MIT.html")
#: For a title page.
SENTENCE = f"Text and data: {DATA.name}. Code: {CODE.name}."
