"""How much mitragynine is in the blood, and for how long: the page on blood levels."""
