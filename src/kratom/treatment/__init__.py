"""The medicines for opioid use disorder, and the trial that is missing."""
