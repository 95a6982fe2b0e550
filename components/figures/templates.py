"""Markup of more than a few lines: Jinja2 templates beside the components, in which every text is escaped.

A template stands in the folder `templates` beside its module, under the module's name. Its lines and their indents are
for who reads it: they are joined before it is compiled, so that no space stands between elements unless it is written.
"""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.ext import Extension
from markupsafe import Markup

COMPONENTS = Path(__file__).parents[1]


class LinesJoined(Extension):
    """Joins a template's lines before it is compiled."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return a template as one line."""
        return "".join(line.strip() for line in source.splitlines())


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(COMPONENTS),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        extensions=[LinesJoined],
    )


@cache
def _template(module: str) -> Template:
    place = Path(module).relative_to(COMPONENTS)
    return _environment().get_template((place.parent / "templates" / f"{place.stem}.html").as_posix())


def drawn(module: str, /, **told: object) -> Markup:
    """Return the template of a module, given its `__file__`, filled with what it is told; what is no Markup is escaped.

    A name that the template has and that it is not told is an error.
    """
    return Markup(_template(module).render(told))
