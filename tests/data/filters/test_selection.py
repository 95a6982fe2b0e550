"""A filter in memory and in SQL: the same findings, whatever is asked."""

from hypothesis import HealthCheck, given, settings
from sqlalchemy import select as question
from sqlmodel import Session, col

from data.filters import selection
from models import Finding
from tests.data.drawn import FILTERS
from tests.data.filters.in_sql import conditions


@given(wanted=FILTERS)
@settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_the_findings_in_memory_are_those_that_sql_gives(loaded, codebook, wanted):
    with Session(loaded) as session:
        chosen = selection.select(session, wanted, codebook)
        by_sql = session.execute(question(col(Finding.id)).where(*conditions(session, wanted, codebook))).scalars()
        assert sorted(chosen.snapshot.ids[chosen.findings].tolist()) == sorted(by_sql)
