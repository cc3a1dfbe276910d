"""For how long what is kept for a time is kept."""

from __future__ import annotations

from datetime import timedelta

from api.process.settings import Settings
from api.process.upkeep import Forget
from graph.commands.forgetting import KEPT, forget_commands
from graph.intake.receipts import forget_receipts
from graph.sessions.sessions import forget_sessions
from graph.sessions.sign_ins import forget_sign_ins
from graph.webhooks.forgetting import forget_deliveries
from graph.writes.changes import forget_changes, forget_published


def kept(settings: Settings) -> dict[Forget, timedelta]:
    """Return for how long what is kept for a time is kept."""
    return {
        forget_receipts: timedelta(days=settings.receipt_retention_days),
        forget_published if settings.kafka_bootstrap else forget_changes: timedelta(days=settings.change_retention_days),
        forget_deliveries: timedelta(days=settings.change_retention_days),
        forget_commands: KEPT,
        forget_sessions: timedelta(),
        forget_sign_ins: timedelta(),
    }
