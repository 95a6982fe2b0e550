"""A roundtable as it happens: a room, the slide it is on, its questions and answers, and what may be shown of them."""
