"""Files to take away: the workbook of a filter, and citations."""
