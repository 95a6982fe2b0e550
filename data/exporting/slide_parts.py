"""What stands on a slide of a file: charts of bars, and grids of cells, before either is drawn."""

from dataclasses import dataclass

from data import palette


@dataclass(frozen=True)
class Series:
    """One series of a chart: its name, a value a category, its colour and that of a label on it, as #RRGGBB."""

    name: str
    values: tuple[float, ...]
    colour: str
    ink: str = palette.TEXT


@dataclass(frozen=True)
class Chart:
    """A chart of bars: categories from the top, or upright from the left, and its series, stacked where several."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    upright: bool = False

    @property
    def most(self) -> float:
        """Return the length of the longest bar."""
        return max((sum(values) for values in zip(*(one.values for one in self.series), strict=True)), default=0)

    def in_words(self) -> str:
        """Say every bar and its numbers, for who cannot see it."""
        rows = [
            f"{name}: {', '.join(f'{one.values[at]:,g} {one.name}'.strip() for one in self.series)}"
            for at, name in enumerate(self.categories)
        ]
        return f"{self.title or 'Bars'}. {'; '.join(rows)}."


@dataclass(frozen=True)
class Cell:
    """One cell of a grid: what stands in it, its colour and that of its text, as #RRGGBB."""

    text: str
    colour: str
    ink: str


@dataclass(frozen=True)
class Grid:
    """A grid: the names of its columns, then of each row with its cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]

    def in_words(self) -> str:
        """Say what a grid is of; its cells are text, and are read as such."""
        return f"A table of {len(self.rows)} rows by {len(self.columns)} columns: {', '.join(self.columns)}."


Part = Chart | Grid
