"""Circles among codes and their parents, which no codebook may have."""

from collections.abc import Mapping


def circles(parents: Mapping[str, str | None]) -> list[tuple[str, ...]]:
    """Return each circle of parents once, as its codes in order from the one that stands first."""
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in parents:
        path: list[str] = []
        code: str | None = start
        while code is not None and code in parents and code not in done and code not in path:
            path.append(code)
            code = parents[code]
        if code in path:
            found.append(tuple(path[path.index(code) :]))
        done.update(path)
    return found


def in_words(circle: tuple[str, ...]) -> str:
    """Return a circle as "T1 below T2 below T1"."""
    return " below ".join((*circle, circle[0]))
