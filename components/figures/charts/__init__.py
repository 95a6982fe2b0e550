"""Charts as plain specifications: bars, grids and years, drawn from numbers alone."""
