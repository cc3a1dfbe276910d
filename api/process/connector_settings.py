"""The settings of connectors; a connector is there when its secret is."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, Field, SecretStr

CONNECTOR_SECRETS = (
    "telephone_secret", "amazon_connect_secret", "asterisk_secret", "line_channel_secret", "line_access_token", "shopify_secret",
    "ec_cube_secret", "ec_cube_token", "smaregi_secret", "smaregi_client_secret",
    "imap_password", "smtp_password",
)  # fmt: skip
_SEVERAL = "several, separated by blanks, hold at once while one is changed"


class ConnectorSettings(BaseModel):
    """What the settings of the process say of connectors (docs/connectors/)."""

    telephone_secret: SecretStr | None = Field(
        None, description=f"Secret of `/connectors/telephone`, `whsec_` and base64; {_SEVERAL}, as with each of these secrets."
    )
    telephone_secret_file: Path | None = Field(None, description="File that holds it instead.")
    amazon_connect_secret: SecretStr | None = Field(
        None, description="Secret of `/connectors/amazon-connect`, as the API destination sends it."
    )
    amazon_connect_secret_file: Path | None = Field(None, description="File that holds it instead.")
    asterisk_secret: SecretStr | None = Field(None, description="Secret of `/connectors/asterisk`, `whsec_` and base64.")
    asterisk_secret_file: Path | None = Field(None, description="File that holds it instead.")
    line_channel_secret: SecretStr | None = Field(
        None, description="Channel secret of the LINE account, for `/connectors/line`; needs `LINE_PROVIDER`."
    )
    line_channel_secret_file: Path | None = Field(None, description="File that holds it instead.")
    line_access_token: SecretStr | None = Field(None, description="Channel access token of the LINE account, to push messages.")
    line_access_token_file: Path | None = Field(None, description="File that holds it instead.")
    line_provider: str | None = Field(None, description="Number of the LINE provider, within which LINE's user ids count.")
    shopify_secret: SecretStr | None = Field(None, description="Client secret of the Shopify app, for `/connectors/shopify`.")
    shopify_secret_file: Path | None = Field(None, description="File that holds it instead.")
    ec_cube_secret: SecretStr | None = Field(
        None, description="Secret of EC-CUBE's webhook, for `/connectors/ec-cube`; needs `EC_CUBE_URL` and `EC_CUBE_TOKEN`."
    )
    ec_cube_secret_file: Path | None = Field(None, description="File that holds it instead.")
    ec_cube_url: str | None = Field(None, description="Address of the EC-CUBE shop.")
    ec_cube_token: SecretStr | None = Field(None, description="Access token of its Web API, scope `read`.")
    ec_cube_token_file: Path | None = Field(None, description="File that holds it instead.")
    smaregi_secret: SecretStr | None = Field(
        None, description="Secret that Smaregi sends to `/connectors/smaregi`; needs the three settings that follow."
    )
    smaregi_secret_file: Path | None = Field(None, description="File that holds it instead.")
    smaregi_contract: str | None = Field(None, description="Id of the contract with Smaregi.")
    smaregi_client_id: str | None = Field(None, description="Client id of the app at Smaregi.")
    smaregi_client_secret: SecretStr | None = Field(None, description="Its client secret.")
    smaregi_client_secret_file: Path | None = Field(None, description="File that holds it instead.")
    smaregi_identity_url: str = Field(
        "https://id.smaregi.jp", description="Where Smaregi gives tokens; its sandbox is `https://id.smaregi.dev`."
    )
    smaregi_api_url: str = Field(
        "https://api.smaregi.jp", description="Where Smaregi is asked; its sandbox is `https://api.smaregi.dev`."
    )

    mail_addresses: str | None = Field(
        None, description="The company's own mail addresses, separated by commas; the first one is the sender of what we send."
    )
    imap_host: str | None = Field(None, description="Server of the mailbox that is read; needs `IMAP_USER` and `MAIL_ADDRESSES`.")
    imap_port: int = Field(993, ge=1, le=65535, description="Its port; TLS, except on loopback.")
    imap_user: str | None = Field(None, description="User name there.")
    imap_password: SecretStr | None = Field(None, description="Password there.")
    imap_password_file: Path | None = Field(None, description="File that holds it instead.")
    imap_folder: str = Field("INBOX", description="Folder that is read.")
    smtp_host: str | None = Field(None, description="Server that mail is handed over to; needs `MAIL_ADDRESSES`.")
    smtp_port: int = Field(587, ge=1, le=65535, description="Its port: TLS on 465, STARTTLS on others, neither on loopback.")
    smtp_user: str | None = Field(None, description="User name there, where it asks for one.")
    smtp_password: SecretStr | None = Field(None, description="Password there.")
    smtp_password_file: Path | None = Field(None, description="File that holds it instead.")

    def ready(self, *names: str) -> bool:
        """Tell whether each of these settings is set."""
        return all(getattr(self, name) is not None for name in names)
