"""Reports to poison centres, deaths, and injuries of the liver."""
