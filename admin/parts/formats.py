"""How names, times, money, phone numbers and identifiers are written for the reader's language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal

import phonenumbers
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, format_timedelta, get_day_names
from babel.numbers import format_currency, format_decimal

HOME_COUNTRY_CODE = 81
LONGEST_LINE_ID = 12
"""What LINE gives as an id has 33 characters, which nobody reads."""
_ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d\S*)?")


@dataclass(frozen=True, slots=True)
class Formats:
    """The reader's language (`ja`, `en`) and the business time zone in which every time is shown."""

    language: str
    time_zone: tzinfo

    def day(self, value: str) -> str:
        """RFC 3339 -> the day, with its weekday."""
        return format_date(self._local(value).date(), self._pattern("y/MM/dd (E)", "EEE d MMM y"), locale=self.language)

    def last_day(self, value: str) -> str:
        """RFC 3339, the moment at which something ends -> the last day on which it is not over."""
        return self.day((datetime.fromisoformat(value) - timedelta(microseconds=1)).isoformat())

    def time(self, value: str) -> str:
        """RFC 3339 -> time of day, 24 hours."""
        return format_time(self._local(value), "HH:mm", tzinfo=self.time_zone, locale=self.language)

    def month(self, value: str) -> str:
        """`2026-04` -> the month and its year."""
        return format_date(date.fromisoformat(f"{value}-01"), self._pattern("y年M月", "MMM y"), locale=self.language)

    def ago(self, value: str) -> str:
        """RFC 3339 -> how long ago or ahead that is, in its largest unit."""
        distance = self._local(value) - datetime.now(self.time_zone)
        told = format_timedelta(distance, add_direction=True, locale=self.language)
        return told.replace(" ", self._pattern("", " "))

    def span(self, value: str) -> str:
        """RFC 3339 -> how far that is from now, either way, in its largest unit."""
        distance = abs(self._local(value) - datetime.now(self.time_zone))
        return format_timedelta(distance, locale=self.language).replace(" ", self._pattern("", " "))

    def is_past(self, value: str) -> bool:
        """RFC 3339 -> whether that is over."""
        return self._local(value) < datetime.now(self.time_zone)

    def duration(self, seconds: int) -> str:
        """Seconds -> minutes and seconds."""
        minutes, rest = divmod(seconds, 60)
        parts = ((minutes, self._pattern("分", " min")), (rest, self._pattern("秒", " s")))
        return self._pattern("", " ").join(f"{number}{unit}" for number, unit in parts if number) or f"0{parts[1][1]}"

    def hours(self, seconds: int) -> str:
        """Seconds -> hours and minutes, without those that are none; what has begun counts as a minute."""
        hours, minutes = divmod(-(-seconds // 60), 60)
        parts = ((hours, self._pattern("時間", " h")), (minutes, self._pattern("分", " min")))
        return self._pattern("", " ").join(f"{number}{unit}" for number, unit in parts if number) or f"0{parts[1][1]}"

    def weekday(self, number: int) -> str:
        """1 for Monday to 7 for Sunday -> its name, short."""
        return get_day_names("abbreviated", locale=self.language)[number - 1]

    def birthday(self, value: str) -> str:
        """ISO date -> the date, written out."""
        return format_date(date.fromisoformat(value), self._pattern("y年M月d日", "d MMMM y"), locale=self.language)

    def age(self, value: str) -> int:
        """ISO date of birth -> whole years today."""
        born, today = date.fromisoformat(value), datetime.now(self.time_zone).date()
        return today.year - born.year - ((today.month, today.day) < (born.month, born.day))

    def money(self, value: dict[str, str]) -> str:
        """`{amount, currency}` -> with the currency's sign and all of its decimals: a unit price may have more than usual."""
        amount, currency = Decimal(value["amount"]), value["currency"]
        return format_currency(amount, currency, locale=self.language, decimal_quantization=False).replace("￥", "¥")

    def number(self, value: float) -> str:
        """A count or quantity, with separators and without needless decimals."""
        return format_decimal(Decimal(str(value)).normalize(), "#,##0.###", locale=self.language)

    def moment(self, value: object) -> object:
        """An ISO 8601 time or date among what a source tells -> as the reader writes it; anything else as it is."""
        if not isinstance(value, str) or not _ISO.fullmatch(value):
            return value
        try:
            return f"{self.day(value)} {self.time(value)}" if "T" in value else self.birthday(value)
        except ValueError:
            return value

    def phone(self, value: str) -> str:
        """E.164 -> 090-1234-5678 at home, +44 20 7946 0958 elsewhere; anything else (a masked number) as it is."""
        try:
            parsed = phonenumbers.parse(value, None)
        except phonenumbers.NumberParseException:
            return value
        at_home = parsed.country_code == HOME_COUNTRY_CODE
        style = phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
        return phonenumbers.format_number(parsed, style)

    def identifier(self, value: dict[str, str]) -> str:
        """`{kind, value}` -> phone and fax numbers in their usual notation, a LINE id by its ends, other kinds as they are."""
        told = value["value"]
        if value["kind"] in ("PHONE", "FAX"):
            return self.phone(told)
        return f"{told[:5]}…{told[-4:]}" if value["kind"] == "LINE_USER_ID" and len(told) > LONGEST_LINE_ID else told

    def naming(self, text: str, products: Iterable[dict[str, str | None]]) -> str:
        """A line with SKUs and `[{sku, name}]` -> the same with the names of the products."""
        names = {each["sku"]: each["name"] for each in products if each["sku"] and each["name"]}
        skus = "|".join(re.escape(sku) for sku in sorted(filter(None, names), key=len, reverse=True))
        return re.sub(rf"(?<![\w-])({skus})(?![\w-])", lambda found: names[found[0]] or found[0], text) if skus else text

    def kana(self, value: str) -> str:
        """A reading in half or full width -> in full width, with single spaces; Latin letters stay."""
        return " ".join(unicodedata.normalize("NFKC", value).split())

    def spaced(self, value: str | None) -> str:
        """A name or nothing -> with single narrow spaces, since sources write wide ones too."""
        return " ".join((value or "").split())

    def language_name(self, code: str) -> str:
        """A language tag (`ja`, `pt-BR`) -> its name; an unknown tag as it is."""
        try:
            return Locale.parse(code, sep="-").get_display_name(self.language) or code
        except (UnknownLocaleError, ValueError):
            return code

    def _local(self, value: str) -> datetime:
        return datetime.fromisoformat(value).astimezone(self.time_zone)

    def _pattern(self, japanese: str, english: str) -> str:
        return japanese if self.language == "ja" else english
