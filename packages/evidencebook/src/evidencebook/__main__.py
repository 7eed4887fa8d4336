"""Run the command line as `python -m evidencebook`."""

import sys

from evidencebook.cli import main

sys.exit(main())
