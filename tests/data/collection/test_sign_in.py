"""The settings of sign-in: which addresses may more, whom the provider vouches for, and what is wrong with a file."""

import pytest

from data.collection.access import Standing, Visitor
from data.collection.sign_in import SettingsFault, SignIn, read

AUTH = {
    "redirect_uri": "https://evidence.example.org/oauth2callback",
    "cookie_secret": "0123456789abcdef0123456789abcdef",
    "client_id": "id",
    "client_secret": "secret",
    "server_metadata_url": "https://login.example.org/.well-known/openid-configuration",
}
PROVIDER = {key: AUTH[key] for key in ("client_id", "client_secret", "server_metadata_url")}
SHARED = {key: AUTH[key] for key in ("redirect_uri", "cookie_secret")}
ACCESS = {
    "editors": ["Ada@Example.org", "strasse@example.org"],
    "participants": ["grace@example.org"],
    "issuers_that_verify": ["https://login.example.org/tenant"],
}
SETTINGS = read({"auth": AUTH, "access": ACCESS})


def test_without_an_auth_table_there_is_no_sign_in():
    assert read({}) == read({"access": ACCESS}) == SignIn()


def test_a_provider_has_a_name_or_none():
    assert SETTINGS.providers == ("",)
    assert read({"auth": {**SHARED, "google": PROVIDER, "okta": PROVIDER}}).providers == ("google", "okta")
    assert read({"auth": {**AUTH, "client_kwargs": {"prompt": "login"}, "okta": PROVIDER}}).providers == ("", "okta")


@pytest.mark.parametrize(
    ("address", "standing"),
    [
        ("ada@example.org", Standing.EDITOR),
        (" ADA@EXAMPLE.ORG ", Standing.EDITOR),
        ("grace@example.org", Standing.PARTICIPANT),
        ("stranger@example.org", Standing.VIEWER),
        ("straße@example.org", Standing.VIEWER),
        ("\u212ada@example.org", Standing.VIEWER),
        ("", Standing.VIEWER),
    ],
)
def test_an_address_on_a_list_has_its_standing_whatever_its_case(address, standing):
    visitor = SETTINGS.visitor({"email": address, "email_verified": True, "sub": "7"})
    assert visitor == Visitor(address.strip() or "7", standing)


@pytest.mark.parametrize(
    ("claims", "believed"),
    [
        ({"email_verified": True}, True),
        ({"email_verified": "true"}, True),
        ({"email_verified": "True"}, True),
        ({"email_verified": False}, False),
        ({"email_verified": "false"}, False),
        ({"email_verified": 1}, False),
        ({"email_verified": ""}, False),
        ({}, False),
        ({"iss": "https://elsewhere.example.org"}, False),
        ({"iss": "https://login.example.org/tenant"}, True),
        ({"iss": "https://login.example.org/tenant", "email_verified": False}, False),
    ],
)
def test_an_editor_is_known_only_by_an_address_that_is_vouched_for(claims, believed):
    visitor = SETTINGS.visitor({"email": "ada@example.org", **claims})
    assert visitor == Visitor("ada@example.org", Standing.EDITOR if believed else Standing.VIEWER)


def test_someone_with_no_address_is_a_viewer_by_name():
    assert SETTINGS.visitor({"name": "Ada", "email_verified": True}) == Visitor("Ada", Standing.VIEWER)
    assert SETTINGS.visitor({}) == Visitor("someone without an address", Standing.VIEWER)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"auth": "on"}, "auth is a value where a table is wanted: write [auth] on a line of its own"),
        ({"auth": {}}, "[auth] has no redirect_uri; it needs redirect_uri, cookie_secret, each a text"),
        ({"auth": SHARED}, "[auth] has no client_id; it needs client_id, client_secret, server_metadata_url, each a"),
        ({"auth": {**AUTH, "client_id": 7}}, "[auth] has no client_id"),
        (
            {"auth": {**SHARED, **PROVIDER, "client_secret": "", "client_secrt": "x"}},
            '[auth] has no client_secret; did you mean "client_secret"?',
        ),
        ({"auth": {**AUTH, "cookie_secret": "short"}}, "[auth] cookie_secret is shorter than 32 characters"),
        ({"auth": {**AUTH, "redirect_uri": "https://a.org/"}}, "[auth] redirect_uri must end in /oauth2callback"),
        ({"auth": {**SHARED, "my_google": PROVIDER}}, "[auth.my_google] has an underscore in its name"),
        ({"auth": {**SHARED, "google": {"client_id": "x"}}}, "[auth.google] has no client_secret"),
        ({"auth": AUTH, "access": []}, "access is a value where a table is wanted"),
        ({"auth": AUTH, "access": {"editors": "a@b.org"}}, "[access] editors is not a list of texts"),
        ({"auth": AUTH, "access": {"editors": [7]}}, "[access] editors is not a list of texts"),
        (
            {"auth": AUTH, "access": {"editors": ["@b.org"]}},
            '[access] editors holds "@b.org", which is not the address',
        ),
        ({"auth": AUTH, "access": {"editors": [""]}}, '[access] editors holds "", which is not the address'),
        ({"auth": AUTH, "access": {"editor": ["a@b.org"]}}, '[access] knows no editor; did you mean "editors"?'),
    ],
)
def test_malformed_settings_are_refused_with_what_would_be_right(settings, told):
    with pytest.raises(SettingsFault) as refused:
        read(settings)
    assert str(refused.value).startswith(told)
