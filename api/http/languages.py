"""Which of our languages a client asks for: of the API and of the pages alike."""

from __future__ import annotations

from graph.words import LANGUAGES


def preferred_language(accept_language: str | None, languages: tuple[str, ...] = LANGUAGES) -> str:
    """Return which of the languages an Accept-Language header prefers; the first one when it names none of them."""
    choices: list[tuple[float, str]] = []
    for part in (accept_language or "").split(","):
        tag, _, parameters = part.strip().partition(";")
        language = tag.strip().lower().partition("-")[0]
        if language in languages:
            choices.append((_quality(parameters), language))
    best = max(choices, key=lambda choice: choice[0], default=(0.0, languages[0]))
    return best[1] if best[0] > 0 else languages[0]


def _quality(parameters: str) -> float:
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
