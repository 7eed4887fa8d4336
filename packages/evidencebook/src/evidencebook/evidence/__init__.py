"""Sources, findings and claims: models, reading, rules and grades. Knows no Sphinx and no pandas."""
