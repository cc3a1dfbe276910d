"""Mail by the settings: what is the company's own, which mailbox is read, and where mail is handed over."""

from __future__ import annotations

from api.connectors.mail.incoming import Company
from api.connectors.mail.mailbox import Mailbox
from api.connectors.mail.sending import MailServer
from api.process.local_keys import local_key
from api.process.settings import InvalidSettings, Settings


def company_of(settings: Settings) -> Company:
    """Return what tells the company's own mail; raises InvalidSettings where no address is set."""
    own = _addresses(settings)
    if not own:
        raise InvalidSettings("Settings: MAIL_ADDRESSES must be set, or our own mail would count as a customer's")
    return Company(frozenset(address.lower() for address in own))


def mailbox_of(settings: Settings) -> Mailbox | None:
    """Return the mailbox that is read; None where none is set. Raises InvalidSettings where user or password is missing."""
    if settings.imap_host is None:
        return None
    if settings.imap_user is None or settings.imap_password is None:
        raise InvalidSettings("Settings: IMAP_HOST needs IMAP_USER and IMAP_PASSWORD")
    return Mailbox.at(
        settings.imap_host,
        settings.imap_port,
        settings.imap_user,
        settings.imap_password.get_secret_value(),
        folder=settings.imap_folder,
        states=settings.data_folder / "mail",
    )


def mail_server(settings: Settings) -> MailServer | None:
    """Return where mail is handed over; None where no server or address is set. The first address is the sender."""
    own = _addresses(settings)
    if settings.smtp_host is None or not own:
        return None
    password = settings.smtp_password.get_secret_value() if settings.smtp_password else None
    key = local_key(settings.data_folder, "digests")
    return MailServer(settings.smtp_host, settings.smtp_port, settings.smtp_user, password, own[0], key)


def _addresses(settings: Settings) -> list[str]:
    return [part.strip() for part in (settings.mail_addresses or "").split(",") if part.strip()]
