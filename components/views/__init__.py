"""What pages show of the evidence: levers, regions, themes, gaps, definitions, method."""
