"""The shipped evidence as components ask for it, without a page."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from components import store


@pytest.fixture
def shown(loaded: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Ask the shipped evidence, beside any page."""
    monkeypatch.setenv("DATABASE_URL", str(loaded.url))
    store.forget()
    with store.beside_the_page():
        yield
    store.forget()
