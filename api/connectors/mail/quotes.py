"""What somebody wrote themselves in an answer: without what they quote, whichever program quoted it."""

from __future__ import annotations

import re

import quotequail

# How mail programs begin a quotation in Japanese: date and name, a ruler with words, or a block of headers.
_ATTRIBUTION = re.compile(
    r"^\s*(?:"
    r"\d{4}\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2}.{0,200}(?:<[^<>\s]+@[^<>\s]+>|のメール|さんは書きました|wrote).{0,40}[:：]"
    r"|On\s.{4,200}\swrote\s?:"
    r"|.{0,80}さん(?:は|が)(?:書きました|書いた)\s*[:：]"
    r"|[-_=*＿－―]{2,}\s*(?:元のメッセージ|オリジナルメッセージ|転送(?:された)?メッセージ|返信元メッセージ"
    r"|Original Message|Forwarded message)\s*[-_=*＿－―]{2,}"
    r"|(?:差出人|送信者|From)\s*[:：].{0,300}\n\s*(?:送信日時|送信|日時|日付|Sent|Date)\s*[:：]"
    r").*$",
    re.MULTILINE | re.IGNORECASE,
)
_QUOTED = re.compile(r"^\s*[>＞|｜]")
_BLANK_RUNS = re.compile(r"\n{3,}")


def without_quotes(text: str) -> str:
    """Return a message without quoted lines and what begins them; answers between quoted lines stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _ATTRIBUTION.search(lines)
    if found is None:
        return _tidy(_unquoted("\n".join(part for shown, part in quotequail.quote(lines, quote_intro_line=True) if shown)))
    before, after = lines[: found.start()], lines[found.end() :]
    # Below the attribution a program quotes line by line, and people answer in between; or it quotes all that follows.
    marked = any(_QUOTED.match(line) for line in after.split("\n"))
    return _tidy(_unquoted(before) + ("\n" + without_quotes(_unquoted(after)) if marked else ""))


def _unquoted(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not _QUOTED.match(line))


def _tidy(text: str) -> str:
    return _BLANK_RUNS.sub("\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()
