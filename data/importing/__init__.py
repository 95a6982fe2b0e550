"""Bringing coded evidence in: read the files, check every row, plan the difference, apply it whole or not at all."""
