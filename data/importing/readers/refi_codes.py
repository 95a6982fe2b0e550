"""The codes of a REFI-QDA codebook or project, whichever way its program writes a hierarchy."""

import re
from dataclasses import dataclass, field

from data.faults import Fault, quoted
from data.importing.readers.grid_tables import tidy_text
from data.importing.readers.limits import MOST_ITEMS
from data.importing.readers.raw import CODE_SEPARATOR, RawCode

GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
KNOWN_NAMESPACE = re.compile(r"urn:QDA-XML:(project|codebook):(1[.:]0|0[.:]4)")


def tidy(guid: str) -> str:
    """Return an identifier as all programs may be compared by it: small letters, no braces, no blanks."""
    return guid.strip().strip("{}").lower()


@dataclass
class Node:
    """One code as written: its own name, the code that it stands in, and what is said of it."""

    guid: str
    name: str
    parent: str
    description: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass
class Codes:
    """The codes of one file while it is read; `finished` puts them in order."""

    file: str
    nodes: dict[str, Node] = field(default_factory=dict)
    sets: list[tuple[str, str, list[str]]] = field(default_factory=list)
    """Name, description and members of each set, which is how ATLAS.ti writes a group of codes."""
    faults: list[Fault] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)
    """From the identifier in the file to the id of the code that `finished` returned."""
    _open: list[str] = field(default_factory=list)

    def start(self, attributes: dict[str, str]) -> Node:
        """Begin a code, inside the one that is still open."""
        guid = tidy(attributes.get("guid", "")) or f"without guid {len(self.nodes) + 1}"
        name = " ".join(tidy_text(attributes.get("name", "")).split())
        if guid in self.nodes:
            what = f"codes {quoted(self.nodes[guid].name)} and {quoted(name)} share the identifier {guid}"
            self.faults.append(Fault(self.file, f"{what}; extracts coded with it are taken as the first", warning=True))
            guid = f"{guid} {len(self.nodes) + 1}"
        if not name:
            name = f"code without a name ({guid[:8]})"
            self.faults.append(Fault(self.file, f"a code has no name; it is called {quoted(name)}", warning=True))
        node = self.nodes[guid] = Node(guid, name, self._open[-1] if self._open else "")
        self._open.append(guid)
        return node

    def end(self) -> None:
        """End the code begun last."""
        self._open.pop()

    def finished(self, notes: dict[str, str]) -> list[RawCode]:
        """Return the codes, each with the path of names that tells it from those of its name elsewhere.

        A name such as Parent::child stands for a code inside another, as does membership of one set where the code has
        no other parent. `notes` are texts by identifier.
        """
        grouped = self._grouped()
        found: dict[str, RawCode] = {}
        for node in self.nodes.values():
            if len(found) > MOST_ITEMS:
                break
            parts = self._parts(node, grouped)
            path = CODE_SEPARATOR.join(parts)
            said = [node.description, *(notes.get(note, "") for note in node.notes)]
            if path in self.paths.values() and path in found:
                reason = f"code {quoted(path)} stands twice at one place; both are taken as one"
                self.faults.append(Fault(self.file, reason, value=node.name, warning=True))
            for depth in range(1, len(parts)):
                wider = CODE_SEPARATOR.join(parts[:depth])
                found.setdefault(wider, RawCode(wider, parts[depth - 1], CODE_SEPARATOR.join(parts[: depth - 1])))
            before = found[path].description if path in found else ""
            description = "\n".join(part for part in dict.fromkeys([before, *said]) if part)
            found[path] = RawCode(path, parts[-1], CODE_SEPARATOR.join(parts[:-1]), description)
            self.paths[node.guid] = path
        return self._with_sets(found)

    def _grouped(self) -> dict[str, str]:
        """Return the set that each code without a parent is in, where it is in one; and tell where it is in several."""
        groups: dict[str, list[str]] = {}
        for name, _, members in self.sets:
            for member in members:
                if name and member in self.nodes and not self.nodes[member].parent:
                    groups.setdefault(member, []).append(name)
        for member, names in groups.items():
            if len(names) > 1:
                reason = (f"code {quoted(self.nodes[member].name)} is in {len(names)} groups ({', '.join(names[:5])}); "
                          "it is left outside them")  # fmt: skip
                self.faults.append(Fault(self.file, reason, value=self.nodes[member].name, warning=True))
                said = [self.nodes[member].description, f"In the groups {', '.join(names)}."]
                self.nodes[member].description = "\n".join(filter(None, said))
        return {member: names[0] for member, names in groups.items() if len(names) == 1}

    def _parts(self, node: Node, grouped: dict[str, str]) -> list[str]:
        """Return the names from the widest code to this one."""
        chain = [node]
        while chain[-1].parent:
            chain.append(self.nodes[chain[-1].parent])
        parts: list[str] = [grouped[chain[-1].guid]] if chain[-1].guid in grouped else []
        for link in reversed(chain):
            own = [part.strip() for part in link.name.split(CODE_SEPARATOR) if part.strip()] or [link.name]
            repeated = len(own) > len(parts) > 0 and own[: len(parts)] == parts
            parts += own[len(parts) :] if repeated else own
        return parts

    def _with_sets(self, found: dict[str, RawCode]) -> list[RawCode]:
        for name, description, _ in self.sets:
            if name in found and description and not found[name].description:
                found[name] = RawCode(name, found[name].name, found[name].parent, description)
        return list(found.values())
