"""One slide: its view, its figure, its picture in small, and its files."""
