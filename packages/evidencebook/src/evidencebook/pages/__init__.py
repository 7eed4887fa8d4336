"""From claims to pages: domain, roles, directives, nodes and checks."""
