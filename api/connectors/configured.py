"""The connectors of this installation: those whose secret the settings have."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from pydantic import SecretStr

from api.connectors.delivery import Connector, Delivery, Mapped, mapped_by
from api.connectors.line.webhook import line_mapping
from api.connectors.shops.ec_cube import EcCube
from api.connectors.shops.shopify import read_shopify
from api.connectors.shops.smaregi import Smaregi
from api.connectors.telephone.amazon_connect import read_amazon_connect
from api.connectors.telephone.asterisk import read_asterisk
from api.connectors.telephone.generic import read_telephone
from api.connectors.verifying import VERIFIERS, key_of, standard
from api.process.settings import InvalidSettings, Settings

Read: TypeAlias = Callable[[Delivery], Awaitable[Mapped]]

NEEDED: Mapping[str, tuple[str, ...]] = {
    "line_channel_secret": ("line_provider",),
    "ec_cube_secret": ("ec_cube_url", "ec_cube_token"),
    "smaregi_secret": ("smaregi_contract", "smaregi_client_id", "smaregi_client_secret"),
}
"""Secret of a connector -> what has to be set beside it."""


TELEPHONES = frozenset({"telephone", "amazon-connect", "asterisk"})


def configured(settings: Settings) -> list[Connector]:
    """Return them; raises InvalidSettings for a secret that can sign nothing, and where something beside it is missing."""
    for secret, names in NEEDED.items():
        if settings.ready(secret) and not settings.ready(*names):
            raise InvalidSettings(f"Settings: {secret.upper()} needs {' and '.join(map(str.upper, names))}")
    rows: list[tuple[str, SecretStr | None, Read]] = [
        ("telephone", settings.telephone_secret, mapped_by(read_telephone)),
        ("amazon-connect", settings.amazon_connect_secret, mapped_by(read_amazon_connect)),
        ("asterisk", settings.asterisk_secret, mapped_by(read_asterisk)),
        ("line", settings.line_channel_secret, mapped_by(line_mapping(settings.line_provider or ""))),
        ("shopify", settings.shopify_secret, mapped_by(read_shopify)),
        ("ec-cube", settings.ec_cube_secret, EcCube(settings.ec_cube_url or "", _text(settings.ec_cube_token)).read),
        ("smaregi", settings.smaregi_secret, _smaregi(settings).read),
    ]
    return [Connector(name, _secrets(name, secret), read) for name, secret, read in rows if secret is not None]


def _smaregi(settings: Settings) -> Smaregi:
    return Smaregi(
        settings.smaregi_contract or "",
        settings.smaregi_client_id or "",
        _text(settings.smaregi_client_secret),
        settings.smaregi_identity_url,
        settings.smaregi_api_url,
    )


def _secrets(name: str, secret: SecretStr) -> tuple[str, ...]:
    secrets = tuple(secret.get_secret_value().split())
    if not secrets:
        raise InvalidSettings(f"Settings: the secret of {name} is blank")
    if VERIFIERS[name].expected is standard:
        try:
            for each in secrets:
                key_of(each)
        except ValueError as error:
            raise InvalidSettings(f"Settings: the secret of {name} {error}") from None
    return secrets


def _text(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
