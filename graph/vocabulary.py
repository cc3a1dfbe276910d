"""The closed lists of words that events, the graph and the GraphQL enums share."""

from __future__ import annotations

from typing import Literal, get_args

CasePriority = Literal["LOW", "NORMAL", "HIGH", "URGENT"]
CaseState = Literal["NEW", "OPEN", "WAITING_CUSTOMER", "WAITING_INTERNAL", "RESOLVED", "CLOSED"]
Channel = Literal[
    "STORE", "PHONE", "EMAIL", "POSTAL", "FAX", "WEB", "APP", "CHAT", "LINE", "SOCIAL", "SMS", "PORTAL", "ONSITE", "EVENT"
]
ConsentState = Literal["GRANTED", "REFUSED"]
ContactChannel = Literal["EMAIL", "SMS", "PHONE", "POSTAL", "FAX", "LINE", "SOCIAL", "APP"]
ContactPointKind = Literal["EMAIL", "PHONE", "FAX", "LINE_USER_ID", "SOCIAL_ACCOUNT", "APP_USER_ID", "DEVICE_ID"]
Direction = Literal["INBOUND", "OUTBOUND"]
Gender = Literal["FEMALE", "MALE", "OTHER", "UNKNOWN"]
IdentifierKind = Literal[
    "MEMBER_NUMBER",
    "EC_ACCOUNT_ID",
    "APP_USER_ID",
    "POS_CARD",
    "EMAIL",
    "PHONE",
    "FAX",
    "LINE_USER_ID",
    "SOCIAL_ACCOUNT",
    "DEVICE_ID",
    "COOKIE_ID",
    "CATALOG_NUMBER",
    "CORPORATE_NUMBER",
    "EXTERNAL_ID",
]
IdentifierState = Literal["ACTIVE", "SHARED", "QUARANTINED", "BLOCKED"]
JobKind = Literal["CUSTOMER_EXPORT", "CUSTOMER_ERASURE", "RETENTION", "DATA_EXPORT"]
JobState = Literal["WAITING", "QUEUED", "RUNNING", "DONE", "FAILED"]
MovementKind = Literal["SALE", "RETURN", "TRANSFER", "RECEIPT", "COUNT", "ADJUSTMENT"]
OrderStatus = Literal["PLACED", "CONFIRMED", "PARTIALLY_FULFILLED", "FULFILLED", "CANCELLED", "RETURNED"]
Purpose = Literal["MARKETING", "SERVICE", "SURVEY", "PERSONALIZATION", "THIRD_PARTY"]
ReservationState = Literal["HELD", "RELEASED", "EXPIRED", "FULFILLED"]
Sharing = Literal["PERSONAL", "HOUSEHOLD", "ORGANIZATION", "KIOSK", "UNKNOWN"]
StockRequestOutcome = Literal["OPEN", "SAVED", "LOST"]
StoreKind = Literal["SHOP", "WAREHOUSE", "WEB", "CALL_CENTER"]
UnavailableReason = Literal["DAMAGED", "QUALITY_CONTROL", "SAFETY_STOCK", "DISPLAY"]

CHANNELS: tuple[str, ...] = get_args(Channel)
CONSENT_STATES: tuple[str, ...] = get_args(ConsentState)
CONTACT_CHANNELS: tuple[str, ...] = get_args(ContactChannel)
CONTACT_POINT_KINDS: tuple[str, ...] = get_args(ContactPointKind)
DIRECTIONS: tuple[str, ...] = get_args(Direction)
GENDERS: tuple[str, ...] = get_args(Gender)
IDENTIFIER_KINDS: tuple[str, ...] = get_args(IdentifierKind)
IDENTIFIER_STATES: tuple[str, ...] = get_args(IdentifierState)
JOB_KINDS: tuple[str, ...] = get_args(JobKind)
JOB_STATES: tuple[str, ...] = get_args(JobState)
MOVEMENT_KINDS: tuple[str, ...] = get_args(MovementKind)
ORDER_STATUSES: tuple[str, ...] = get_args(OrderStatus)
PURPOSES: tuple[str, ...] = get_args(Purpose)
RESERVATION_STATES: tuple[str, ...] = get_args(ReservationState)
SHARINGS: tuple[str, ...] = get_args(Sharing)
STOCK_REQUEST_OUTCOMES: tuple[str, ...] = get_args(StockRequestOutcome)
STORE_KINDS: tuple[str, ...] = get_args(StoreKind)
UNAVAILABLE_REASONS: tuple[str, ...] = get_args(UnavailableReason)
