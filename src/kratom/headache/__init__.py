"""Where headache was counted after kratom."""
