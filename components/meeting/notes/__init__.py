"""What a meeting leaves: a rapporteur's notes, the record, and the way from it to evidence."""
