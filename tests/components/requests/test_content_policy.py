"""What a page may load: its own, with each exception known; who may frame it: nobody, or whom the setting names."""

import re

import pytest

from components.requests import content_policy


@pytest.fixture(autouse=True)
def anew():
    content_policy.policy.cache_clear()
    yield
    content_policy.policy.cache_clear()


def test_nothing_is_allowed_but_what_is_listed():
    said = re.sub(r"'sha256-[\w+/]{43}='", "DIGEST", content_policy.policy())
    assert said == (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' blob: DIGEST DIGEST; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self' data:; "
        "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def test_pages_that_the_setting_names_may_frame_it(monkeypatch):
    monkeypatch.setenv("FRAMED_BY", "https://www.example.org http://127.0.0.1:8080  https://*.partner.example.org")
    assert content_policy.policy().endswith(
        "; frame-ancestors https://www.example.org http://127.0.0.1:8080 https://*.partner.example.org"
    )


@pytest.mark.parametrize("named", ["www.example.org", "https://www.example.org/page", "*", "https://a;script-src *"])
def test_what_is_no_origin_is_told_at_the_start(monkeypatch, named: str):
    monkeypatch.setenv("FRAMED_BY", named)
    with pytest.raises(content_policy.FramedByFault, match=r"names .*; give origins such as"):
        content_policy.framed_by()
