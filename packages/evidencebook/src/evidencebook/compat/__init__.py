"""What this package uses of other libraries without their leave: a module for each."""
