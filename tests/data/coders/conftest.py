"""A collection of three findings, to settle and to load again."""

import pytest
from sqlalchemy import Engine

from data.importing.loads import loading
from tests.data.importing.small_strand import write_strand


@pytest.fixture
def small_collection(engine: Engine, tmp_path) -> Engine:
    """Return an engine on a collection of the small strand, whose files stand in `strand` beside it."""
    loading.load(engine, [write_strand(tmp_path / "strand")])
    return engine
