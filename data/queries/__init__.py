"""A filter asked of the collection: counts, facets, cross-tabulations, and pages of findings and sources."""
