"""Settings come from the environment, and what is wrong with them is told in words without their values."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from api.process.settings import InvalidSettings, Settings, load_settings


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in set(os.environ) & {field.upper() for field in Settings.model_fields}:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_a_local_graph_is_served_on_loopback() -> None:
    settings = load_settings()
    assert (settings.neo4j_uri, settings.host, settings.port, settings.on_loopback) == (None, "127.0.0.1", 8000, True)


def test_a_file_beside_the_program_is_read_and_the_environment_wins_over_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("PORT=9001\nHOST=localhost\n")
    monkeypatch.setenv("PORT", "9002")
    settings = load_settings()
    assert (settings.port, settings.host) == (9002, "localhost")


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "")
    assert load_settings().neo4j_uri is None


def test_an_address_of_neo4j_without_a_password_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://db.example.jp:7687")
    with pytest.raises(InvalidSettings, match="NEO4J_PASSWORD must be set"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "eighty"), ("PORT", "70000"), ("BUSINESS_TIME_ZONE", "Asia/Nowhere"), ("ROLE_NAMES", "perhaps")],
)
def test_a_wrong_value_is_named_but_not_shown(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InvalidSettings) as refused:
        load_settings()
    assert name in refused.value.message
    assert value not in refused.value.message


@pytest.mark.parametrize("name", ["NEO4J_PASSWORD", "OIDC_CLIENT_SECRET"])
def test_a_secret_can_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("correct-horse\n")
    monkeypatch.setenv(f"{name}_FILE", str(tmp_path / "secret"))
    assert getattr(load_settings(), name.lower()).get_secret_value() == "correct-horse"
    monkeypatch.setenv(name, "battery-staple")
    with pytest.raises(InvalidSettings, match="must not both be set"):
        load_settings()
    monkeypatch.delenv(name)
    (tmp_path / "secret").unlink()
    with pytest.raises(InvalidSettings, match=f"{name}_FILE cannot be read"):
        load_settings()


PROVIDER = {"OIDC_ISSUER": "https://id.example.jp", "OIDC_CLIENT_ID": "pages", "PUBLIC_URL": "https://c360.example.jp"}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"PUBLIC_URL": ""}, "PUBLIC_URL must be set"),
        ({"OIDC_CLIENT_ID": ""}, "OIDC_CLIENT_ID and PUBLIC_URL must be set"),
        ({"PUBLIC_URL": "http://c360.example.jp"}, "PUBLIC_URL must be an https:// address"),
        ({"PUBLIC_URL": "c360.example.jp"}, "PUBLIC_URL must be an https:// address"),
        ({"OIDC_ISSUER": "http://id.example.jp"}, "OIDC_ISSUER must be an https:// address"),
    ],
)
def test_a_provider_that_would_not_be_safe_is_refused(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, str], words: str
) -> None:
    for name, value in {**PROVIDER, **changed}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(InvalidSettings, match=words):
        load_settings()


def test_requests_may_ask_for_the_public_address(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in PROVIDER.items():
        monkeypatch.setenv(name, value)
    settings = load_settings()
    assert (settings.hosts, settings.for_development) == (["127.0.0.1", "localhost", "c360.example.jp"], False)


def test_the_password_is_not_shown_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "correct-horse")
    assert "correct-horse" not in repr(load_settings())
