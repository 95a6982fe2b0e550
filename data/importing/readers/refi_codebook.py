"""A REFI-QDA codebook (.qdc), as NVivo, ATLAS.ti, MAXQDA, QualCoder and Taguette write it: codes alone."""

from data.faults import Fault
from data.importing.readers.file_format import FileFormat
from data.importing.readers.limits import Watch
from data.importing.readers.markup import stream
from data.importing.readers.raw import RawFile
from data.importing.readers.refi_project import Project

PIECE = 1 << 20


def read(file: RawFile, contents: bytes, watch: Watch) -> None:
    """Add a codebook's codes to a file; raises Unreadable and Cancelled."""
    project = Project(file.name, watch)
    stream(_pieces(contents), "its XML", project.receiver)
    take_codes(file, project)
    if not file.codes:
        file.faults.append(Fault(file.name, "holds no code", warning=True))


def _pieces(contents: bytes) -> list[bytes]:
    return [contents[at : at + PIECE] for at in range(0, len(contents), PIECE)]


def take_codes(file: RawFile, project: Project) -> None:
    """Add a project's codes, what is wrong with them, and which program wrote them."""
    if project.origin:
        file.details["written by"] = project.origin
    if project.namespace:
        reason = (
            f"its XML is of the namespace {project.namespace!r}, which is none of REFI-QDA's; it is read all the same"
        )
        file.faults.append(Fault(file.name, reason, warning=True))
    notes = {guid: (note.content or note.description) for guid, note in project.notes.items()}
    file.codes += project.codes.finished(notes)
    file.faults += project.codes.faults


FORMAT = FileFormat("REFI-QDA codebook", told_by="REFI-QDA project", endings=(".qdc",), read=read, root="CodeBook")
