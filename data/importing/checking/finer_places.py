"""Places that come back coarser than they are: a file was made for a reader who may not see them, and changes none."""

import json
from collections.abc import Mapping

from sqlalchemy import Connection, text

from data.collection.snapshot.coarse import is_coarse
from data.faults import Fault, quoted
from data.importing.checking.records import FindingRecord

STORED = """
    SELECT ref, place, latitude, longitude FROM finding WHERE ref IN (SELECT value FROM json_each(:refs))"""


def kept(connection: Connection, records: Mapping[str, FindingRecord], notes: list[Fault]) -> dict[str, FindingRecord]:
    """Return records, each with place and point as the collection has them where its own stand for something finer.

    What is kept so is added to the notes that a person should look at. A finding that the collection does not hold is
    taken as it comes.
    """
    coarse = [ref for ref, record in records.items() if record.place and is_coarse(record.place)]
    if not coarse:
        return dict(records)
    rows = connection.execute(text(STORED), {"refs": json.dumps(coarse)}).all()
    finer = {row.ref: row for row in rows if row.place != records[row.ref].place}
    notes += [_note(ref, records[ref].place) for ref in finer]
    return {**records} | {
        ref: records[ref]._replace(place=row.place, latitude=row.latitude, longitude=row.longitude)
        for ref, row in finer.items()
    }


def _note(ref: str, place: str) -> Fault:
    reason = (
        f"finding {quoted(ref)} has {quoted(place)} in a file that was made for a reader who may not see its place; "
        "place and coordinates stay as they are"
    )
    return Fault("places", reason, column="place", value=place, warning=True)
