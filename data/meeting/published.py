"""What of a meeting's record is in the collection already, as drafts: so that it is published again as it stands."""

from dataclasses import replace

from sqlmodel import Session, col, select

from data.meeting.draft_findings import NOTE, TEXT, DraftFinding, source_ref
from models import Finding, FindingLever, FindingRegion, FindingTheme, Meeting, Source


def published(session: Session, meeting: Meeting) -> dict[str, DraftFinding]:
    """Return the findings of a meeting's source by the key of the draft that each was, coded as they are now."""
    ref = source_ref(meeting)
    query = select(Finding).join(Source).where(col(Source.ref) == ref).order_by(col(Finding.id))
    rows = session.exec(query).all()
    return {draft.key: draft for draft in (_draft(session, row, ref) for row in rows)}


def as_published(draft: DraftFinding, held: dict[str, DraftFinding]) -> DraftFinding:
    """Return a draft as it was published, or as it is where it was not; it stays at its slide."""
    found = held.get(draft.key)
    return replace(found, slide=draft.slide) if found else draft


def _draft(session: Session, row: Finding, source: str) -> DraftFinding:
    themes = session.exec(select(FindingTheme).where(FindingTheme.finding_id == row.id, FindingTheme.coded))
    levers = session.exec(select(FindingLever).where(FindingLever.finding_id == row.id, FindingLever.coded))
    regions = session.exec(select(FindingRegion).where(FindingRegion.finding_id == row.id, FindingRegion.coded))
    key = row.ref.removeprefix(f"{source}-")
    return DraftFinding(
        key, NOTE if key.startswith("note-") else TEXT, "", row.finding, row.population,
        tuple(sorted(link.theme for link in themes)),
        {link.lever: link.role for link in sorted(levers, key=lambda link: link.lever)},
        tuple(sorted(link.region for link in regions)),
        row.direction, row.confidence, row.access, row.coder, row.coded_on, published=True,
    )  # fmt: skip
