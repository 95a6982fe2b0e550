"""The settings of sign-in: who provides it, which addresses may do more than look, and which addresses are believed."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from data.collection.access import Standing, Visitor
from data.faults import ForPeople, perhaps

SHORTEST_SECRET = 32
"""Characters of the secret that signs the cookie of who is signed in: who guesses it is anyone they like."""
SHARED = ("redirect_uri", "cookie_secret")
OF_PROVIDER = ("client_id", "client_secret", "server_metadata_url")
LISTS = ("editors", "participants", "issuers_that_verify")
CALLBACK = "/oauth2callback"


class SettingsFault(ForPeople):
    """The settings of sign-in cannot be used; the message says which, and what would be right. Nobody is signed in."""


@dataclass(frozen=True)
class SignIn:
    """Sign-in as the settings have it; without a provider nobody can sign in.

    `providers` are the names of the tables under [auth], "" for one that has no name. `verifying` are issuers that
    verify every address they tell of without saying so in a claim. `host` is the name that readers know the server by.
    """

    providers: tuple[str, ...] = ()
    editors: frozenset[str] = frozenset()
    participants: frozenset[str] = frozenset()
    verifying: frozenset[str] = frozenset()
    host: str = ""

    def visitor(self, claims: Mapping[str, object]) -> Visitor:
        """Return who a provider's claims are about: an editor or participant only by a verified address."""
        address = str(claims.get("email") or "").strip()
        name = address or str(claims.get("name") or claims.get("sub") or "someone without an address")
        return Visitor(name, self._standing(address) if self.believes(claims) else Standing.VIEWER)

    def _standing(self, address: str) -> Standing:
        same = _comparable(address)
        if same in self.editors:
            return Standing.EDITOR
        return Standing.PARTICIPANT if same in self.participants else Standing.VIEWER

    def believes(self, claims: Mapping[str, object]) -> bool:
        """Tell whether the provider vouches for the address.

        The claim email_verified decides (OpenID Connect Core 1.0, section 5.1): true, or "true" as some providers
        write it. Where a provider never sends it, the address counts only if its issuer is set as one that verifies.
        """
        verified = claims.get("email_verified")
        if verified is None:
            return str(claims.get("iss") or "") in self.verifying
        return verified is True or (isinstance(verified, str) and verified.strip().lower() == "true")


def _comparable(address: str) -> str:
    """Return an address so that two are one where only case differs; folding must not make ß and ss one mailbox."""
    address = address.strip()
    return address.casefold() if address.isascii() else address


def read(settings: Mapping[str, object]) -> SignIn:
    """Read the [auth] and [access] tables of the secrets; raise SettingsFault where they are malformed."""
    auth, access = _table(settings, "auth"), _table(settings, "access")
    if auth is None:
        return SignIn()
    providers = _providers(auth)
    listed = {key: _list(access or {}, key) for key in LISTS}
    unknown = [key for key in access or {} if key not in LISTS]
    if unknown:
        raise SettingsFault(f"[access] knows no {unknown[0]}{perhaps(unknown[0], LISTS)}; it holds {', '.join(LISTS)}")
    editors, participants = (frozenset(map(_comparable, listed[key])) for key in LISTS[:2])
    host = urlsplit(str(auth["redirect_uri"])).hostname or ""
    return SignIn(providers, editors, participants, frozenset(listed["issuers_that_verify"]), host)


def _table(settings: Mapping[str, object], name: str) -> Mapping[str, object] | None:
    table = settings.get(name)
    if table is not None and not isinstance(table, Mapping):
        raise SettingsFault(f"{name} is a value where a table is wanted: write [{name}] on a line of its own")
    return table


def _list(access: Mapping[str, object], key: str) -> list[str]:
    values = access.get(key, [])
    if not isinstance(values, (list, tuple)) or not all(isinstance(value, str) for value in values):
        raise SettingsFault(f'[access] {key} is not a list of texts, such as {key} = ["name@example.org"]')
    if key != "issuers_that_verify":
        for value in values:
            if value.count("@") != 1 or value != value.strip() or value[0] == "@" or value[-1] == "@":
                raise SettingsFault(f'[access] {key} holds "{value}", which is not the address of one person')
    return list(values)


def _providers(auth: Mapping[str, object]) -> tuple[str, ...]:
    _require(auth, SHARED, "[auth]")
    if not urlsplit(str(auth["redirect_uri"])).path.endswith(CALLBACK):
        raise SettingsFault(
            f"[auth] redirect_uri must end in {CALLBACK}, such as https://evidence.example.org{CALLBACK}"
        )
    if len(str(auth["cookie_secret"])) < SHORTEST_SECRET:
        raise SettingsFault(
            f"[auth] cookie_secret is shorter than {SHORTEST_SECRET} characters, so it can be guessed; make one with: "
            'python -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    named = {key: table for key, table in auth.items() if isinstance(table, Mapping) and key != "client_kwargs"}
    for name, table in named.items():
        if "_" in name:
            raise SettingsFault(f"[auth.{name}] has an underscore in its name; use a hyphen or one word")
        _require(table, OF_PROVIDER, f"[auth.{name}]")
    if not named or any(key in auth for key in OF_PROVIDER):
        _require(auth, OF_PROVIDER, "[auth]")
        return ("", *named)
    return tuple(named)


def _require(table: Mapping[str, object], keys: tuple[str, ...], where: str) -> None:
    for key in keys:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            raise SettingsFault(f"{where} has no {key}{perhaps(key, table)}; it needs {', '.join(keys)}, each a text")
