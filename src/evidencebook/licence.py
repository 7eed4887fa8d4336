"""Name the licences of a book: one for what is read, one for what is run."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Licence:
    """Name a licence as SPDX does, and where its terms stand."""

    spdx: str
    address: str


DATA = Licence("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/")
CODE = Licence("MIT", "https://spdx.org/licenses/MIT.html")
