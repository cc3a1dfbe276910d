"""What an event says about a person, as attributes of a source record, claims and what its names are compared by."""

from __future__ import annotations

from graph.events.claims import read_claims
from graph.events.facts import Person, Properties
from graph.events.parties import Name, PersonData
from graph.identity.normalising.addresses import read_address
from graph.identity.normalising.dates import Calendar, read_birth_date
from graph.identity.normalising.names import given_alone, join_name, split_name
from graph.identity.normalising.titles import without_titles
from graph.identity.normalising.told_names import told_names
from graph.keys import opaque, scoped


def read_person(data: PersonData, source: str, external_id: str, calendar: Calendar, path: tuple[str, ...] = ("data",)) -> Person:
    """Return the person facts of the record (`source`, `external_id`); `path` leads to `data` in the event."""
    attributes: dict[str, Properties] = {}
    if data.says("name") and (name := _read_name(data.name, "name")) is not None:
        attributes["name"] = name
    if data.says("kana") and (kana := _read_name(data.kana, "kana")) is not None:
        attributes["kana"] = kana
    if data.says("birth_date"):
        text = _filled(data.birth_date)
        attributes["birthDate"] = {"birth_date": read_birth_date(text, calendar) if text else None, "birth_date_text": text}
    if data.says("address") and (data.address is None or data.address.says("full")):
        attributes["address"] = _read_address(_filled(data.address.full) if data.address else None)
    for field in ("gender", "language"):
        if data.says(field):
            attributes[field] = {field: getattr(data, field)}
    for key, value in data.attributes.items():
        attributes[f"attributes.{key}"] = {f"attributes.{key}": value}
    return Person(
        record=scoped(source, external_id),
        source=source,
        external_id=external_id,
        attributes=attributes,
        claims=read_claims(data.identifiers, source, (*path, "identifiers")),
        names=told_names({**attributes.get("name", {}), **attributes.get("kana", {})}),
    )


def _read_name(name: Name | None, prefix: str) -> dict[str, str | None] | None:
    # A name without any part says nothing; one whose parts are all empty is cleared.
    if name is not None and not name.model_fields_set:
        return None
    full, family, given = (_filled(part) for part in (name.full, name.family, name.given)) if name else (None, None, None)
    family, given = (without_titles(part) if part else None for part in (family, given))
    given = given_alone(family, given)
    if full and not family and not given:
        family, given = split_name(full)
    full = full or join_name(family, given)
    return {f"{prefix}_full": full, f"{prefix}_family": family, f"{prefix}_given": given}


def _read_address(full: str | None) -> Properties:
    """Return the address as told, and the key of the home in it, by which those who live together are found."""
    return {"address_full": full, "home": home_of(full)}


def home_of(full: str | None) -> str | None:
    """Return the key of the home that an address as told names, None where it names none beyond doubt."""
    found = read_address(full) if full else None
    return opaque("home", found.home) if found and found.home else None


def _filled(text: str | None) -> str | None:
    return text if text and text.strip() else None
