"""The settings of the process: the one place that reads the environment (and `.env` beside it)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import orjson
from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from api.process.connector_settings import CONNECTOR_SECRETS, ConnectorSettings
from graph.errors import InvalidInput
from graph.retention.beside import BESIDE
from graph.retention.closed_cases import CASES
from graph.retention.keeping import ACCESSES
from graph.threads.rules import DEFAULT_DAYS
from graph.touchpoints import INTERACTION_KINDS

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "::1", "localhost"})
LEAST_DAYS = 30
SECRETS = ("neo4j_password", "oidc_client_secret", *CONNECTOR_SECRETS)
"""Each can stand in a file instead, which the variable of its name with `_FILE` names."""


class InvalidSettings(InvalidInput):
    """A setting has a value that cannot be used."""


class Settings(ConnectorSettings, BaseSettings):
    """Every setting, named as its environment variable in lower case; an empty variable counts as not set."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    neo4j_uri: str | None = Field(None, description="The Neo4j server to use; without it the program provides a local one.")
    neo4j_user: str = Field("neo4j", description="User name on that server.")
    neo4j_password: SecretStr | None = Field(None, description="Password on that server; needed with `NEO4J_URI`.")
    neo4j_password_file: Path | None = Field(None, description="File that holds the password instead.")
    neo4j_database: str = Field("neo4j", description="Name of the database on that server.")
    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on.")
    allowed_hosts: str = Field("127.0.0.1,localhost", description="Host names that requests may ask for, separated by commas.")
    data_folder: Path = Field(
        default_factory=lambda: user_data_path("customer360", appauthor=False),
        description="Where the local graph and the local keys are kept (default: the user's data folder).",
    )
    cache_folder: Path = Field(
        default_factory=lambda: user_cache_path("customer360", appauthor=False),
        description="Where downloaded parts of Neo4j are kept (default: the user's cache folder).",
    )
    public_url: str | None = Field(
        None,
        description="Address by which browsers reach the server; needed with `OIDC_ISSUER`.",
    )
    oidc_issuer: str | None = Field(
        None,
        description="OpenID provider that signs people in and issues tokens (default: development, on loopback).",
    )
    oidc_client_id: str | None = Field(None, description="Name of this program at the provider.")
    oidc_client_secret: SecretStr | None = Field(None, description="Its secret there; a public client has none.")
    oidc_client_secret_file: Path | None = Field(None, description="File that holds it instead.")
    oidc_audience: str = Field("customer360", description="Audience that access tokens must name.")
    roles_claim: str = Field("roles", description="Claim that holds the roles; a dot leads into an object.")
    stores_claim: str = Field("stores", description="Claim that holds the codes of the stores somebody works at.")
    customer_claim: str | None = Field(
        None, description="Claim that holds a customer's own account, so that they see themselves; needs `CUSTOMER_SOURCE`."
    )
    customer_source: str | None = Field(None, description="Source whose records those accounts are, for example `/ec`.")
    role_names: Annotated[dict[str, str], NoDecode] = Field(
        {}, description='Names of roles at the provider, as JSON: `{"Call Center": "call_center"}`; others must have ours.'
    )
    blocked_values_file: Path | None = Field(
        None, description="YAML file of values that identify nobody, such as the company's own telephone numbers."
    )
    business_time_zone: ZoneInfo = Field(
        ZoneInfo("Asia/Tokyo"),
        description="Time zone of the business: pages show times in it, and a birth date told as an instant is a day in it.",
    )
    receipt_retention_days: int = Field(90, ge=1, description="Days for which a repeated event gets its first receipt.")
    change_retention_days: int = Field(
        7, ge=1, description="Days for which the graph keeps what writers noted as changed, and the log of webhooks."
    )
    kafka_bootstrap: str | None = Field(
        None, description="Kafka brokers that changes are published to, `host:port` by commas; needs the extra `kafka`."
    )
    kafka_topic: str = Field("customer360.changes", description="Topic for changes.")
    kafka_properties_file: Path | None = Field(
        None, description="File of librdkafka properties, `name=value` in lines, for TLS and sign-in at the brokers."
    )
    export_retention_days: int = Field(7, ge=1, description="Days for which the file of an export of a customer is kept.")
    retention_days: Annotated[dict[str, int], NoDecode] = Field(
        {},
        description='Days for which what is named is kept, as JSON: `{"WEB_SESSION": 400, "EMAIL": 1095, "accesses": 1825}`; '
        "kinds of contacts, `cases` that are closed, `basket_lines`, `basket_handovers`, `products_seen`, `offers`, and "
        "`accesses` for the read audit.",
    )
    thread_days: int = Field(
        DEFAULT_DAYS, ge=1, le=3650, description="Days within which contacts about one topic or order are one thread."
    )
    stock_of_orders: Annotated[dict[str, str], NoDecode] = Field(
        {},
        description='Sources whose orders move stock here, as JSON `{"/ec": "warehouse", "/pos": ""}`, each with the store of '
        "orders that name none; `*` is every other. The others tell of their own stock.",
    )
    pickups_told_by: str = Field(
        "",
        description="Sources, by commas, whose own systems tell customers of their pick-ups, for example `/shopify`; "
        "the customers of all others are told from here.",
    )
    source_trust_file: Path | None = Field(
        None, description="YAML file `source: rank`: whose names and birth dates win (default: what the graph was last given)."
    )
    case_rules_file: Path | None = Field(
        None,
        description="YAML file: `rules`, which interactions open a case; `sorting`, its topic and priority; `calendars` and "
        "`targets`, by when it is due (docs/cases.md).",
    )
    points_file: Path | None = Field(
        None,
        description="YAML file: by which rules orders earn points, ranks, and how long points live (docs/points.md); "
        "without it, nothing earns.",
    )
    case_model: Literal["watch", "suggest", "fill"] = Field(
        "suggest", description="What a model of your own cases does with topic and priority: `watch`, `suggest` or `fill`."
    )
    case_model_precision: float = Field(
        0.9, gt=0.5, lt=1, description="How often what it fills in is to be right; what is less sure it suggests."
    )
    cost_per_minute: int = Field(
        500_000, ge=20_000, description="What one person or program may spend in a minute, in the units of `extensions.cost`."
    )
    documents_folder: Path | None = Field(
        None, description="Folder of your apps' operations, `name.graphql` with variables of an example in `name.json`."
    )
    known_documents_only: bool = Field(False, description="Whether apps may send no other operations than those.")
    webhook_loopback: bool = Field(
        False, description="Whether webhooks may go to this machine, also without TLS: for development."
    )
    connections_per_address: int = Field(
        500, ge=1, description="Connections that one address may keep open; a proxy on this machine is not counted."
    )
    body_limit: int = Field(16_000_000, ge=1_000, description="Largest request body in bytes.")
    free_megabytes: int = Field(
        1_000,
        ge=20,
        description="Free space in MB below which nothing new is recorded in a local graph; below a quarter, nothing at all.",
    )
    queue_capacity: int = Field(10_000, ge=1, description="Single events that may wait for the writer before 429.")

    @model_validator(mode="before")
    @classmethod
    def _secrets_of_files(cls, given: dict[str, object]) -> dict[str, object]:
        return given | {name: _secret_in(given, name) for name in SECRETS if given.get(f"{name}_file")}

    @field_validator("role_names", "retention_days", "stock_of_orders", mode="before")
    @classmethod
    def _json_object(cls, value: object) -> object:
        try:
            return orjson.loads(value) if isinstance(value, str) else value
        except orjson.JSONDecodeError:
            raise ValueError('must be JSON such as {"Call Center": "call_center"}') from None

    @field_validator("retention_days")
    @classmethod
    def _known_kinds(cls, value: dict[str, int]) -> dict[str, int]:
        kinds = (*INTERACTION_KINDS, *BESIDE, CASES, ACCESSES)
        if unknown := sorted(value.keys() - set(kinds)):
            raise ValueError(f"names {', '.join(unknown)}; it takes {', '.join(kinds)}")
        if any(days < LEAST_DAYS for days in value.values()):
            raise ValueError(f"keeps everything for {LEAST_DAYS} days at least")
        return value

    @field_validator("business_time_zone", mode="before")
    @classmethod
    def _known_time_zone(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError("is no IANA time zone, such as Asia/Tokyo") from error

    @model_validator(mode="after")
    def _password_with_uri(self) -> Self:
        if self.neo4j_uri is not None and self.neo4j_password is None:
            raise ValueError("NEO4J_PASSWORD must be set when NEO4J_URI is set")
        return self

    @model_validator(mode="after")
    def _claim_with_source(self) -> Self:
        if (self.customer_claim is None) != (self.customer_source is None):
            raise ValueError("CUSTOMER_CLAIM and CUSTOMER_SOURCE are set together or not at all")
        return self

    @model_validator(mode="after")
    def _only_known_documents(self) -> Self:
        if self.known_documents_only and self.documents_folder is None:
            raise ValueError("DOCUMENTS_FOLDER must be set when KNOWN_DOCUMENTS_ONLY is set")
        return self

    @model_validator(mode="after")
    def _provider_is_safe(self) -> Self:
        if self.oidc_issuer is None:
            return self
        if self.oidc_client_id is None or self.public_url is None:
            raise ValueError("OIDC_CLIENT_ID and PUBLIC_URL must be set when OIDC_ISSUER is set")
        for name, address in (("OIDC_ISSUER", self.oidc_issuer), ("PUBLIC_URL", self.public_url)):
            if not _is_safe(address):
                raise ValueError(f"{name} must be an https:// address; http:// is taken on loopback only")
        return self

    @property
    def hosts(self) -> list[str]:
        """Return the host names that requests may ask for, that of `PUBLIC_URL` among them."""
        named = [host.strip() for host in self.allowed_hosts.split(",") if host.strip()]
        return [*named, *filter(None, [urlsplit(self.public_url or "").hostname])]

    @property
    def for_development(self) -> bool:
        """Without a provider people choose a role, and tokens are signed by a local key."""
        return self.oidc_issuer is None

    @property
    def on_loopback(self) -> bool:
        return self.host in LOOPBACK_HOSTS


def _secret_in(given: Mapping[str, object], name: str) -> str:
    if given.get(name):
        raise ValueError(f"{name.upper()} and {name.upper()}_FILE must not both be set")
    try:
        return Path(str(given[f"{name}_file"])).read_text("utf-8").strip()
    except (OSError, ValueError) as error:
        raise ValueError(f"{name.upper()}_FILE cannot be read") from error


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return (parts.scheme == "https" and bool(parts.hostname)) or (parts.scheme == "http" and parts.hostname in LOOPBACK_HOSTS)


def load_settings() -> Settings:
    """Return the settings of this process; raises InvalidSettings in words that show no value."""
    try:
        return Settings()  # pyright: ignore[reportCallIssue]  (every field has a default; its types come from the environment)
    except ValidationError as error:
        problems = [
            " ".join([*(str(part).upper() for part in problem["loc"]), problem["msg"].removeprefix("Value error, ")])
            for problem in error.errors(include_input=False, include_context=False, include_url=False)
        ]
        raise InvalidSettings("Settings: " + "; ".join(problems)) from None
