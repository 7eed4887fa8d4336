"""Statistics that name no subject: proportions, shares as printed, pooling, forest plots."""
