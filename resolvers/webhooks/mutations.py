"""The mutations of webhooks: what they take, the command that they make, and what they answer."""

from __future__ import annotations

from collections.abc import Callable

import strawberry

from graph.commands.command import Answer, Author, Command
from graph.errors import InvalidInput
from graph.webhooks import endpoints, repeating
from graph.webhooks.signing import secret_of
from graph.words import Sentence
from resolvers.access.tags import Tag
from resolvers.engine.input_value import InputValue
from resolvers.engine.mutation import CommandInput, CommandPayload, Mutation
from resolvers.engine.planner import entry, planned, referred
from resolvers.engine.planner.readings import Object
from resolvers.live.subscription import number_of
from resolvers.webhooks.endpoint import DELIVERIES, ENDPOINTS, WebhookDelivery, WebhookEndpoint
from resolvers.webhooks.installation import installation

TYPES = (
    "Types of changes to be told of, see `changeTypes`: `customer.merged`, or `customer` for all that begin so; empty for all."
)
ENDPOINT_ID = "Global id of the endpoint."


@strawberry.input(description="Where an app is to be told of changes, and of which.")
class WebhookEndpointCreateInput(CommandInput):
    url: str = strawberry.field(
        description="An `https://` URL of at most 2,000 characters without user name and fragment, whose host is not within a "
        "private network."
    )
    types: list[str] = strawberry.field(description=TYPES)


@strawberry.input(description="What is to be different about an endpoint; what is left out stays.")
class WebhookEndpointUpdateInput(CommandInput):
    endpoint_id: strawberry.ID = strawberry.field(description=ENDPOINT_ID)
    url: str | None = strawberry.field(default=None, description="Another URL, as for `webhookEndpointCreate`.")
    types: list[str] | None = strawberry.field(default=None, description=TYPES)
    enabled: bool | None = strawberry.field(
        default=None,
        description="Whether anything is sent to it. Switched on again, it is told of what it missed and is still kept.",
    )


@strawberry.input(description="Endpoint that is to be removed with its log.")
class WebhookEndpointDeleteInput(CommandInput):
    endpoint_id: strawberry.ID = strawberry.field(description=ENDPOINT_ID)


@strawberry.input(description="Endpoint that is to have another secret.")
class WebhookEndpointRotateSecretInput(CommandInput):
    endpoint_id: strawberry.ID = strawberry.field(description=ENDPOINT_ID)


@strawberry.input(description="Endpoint that a test is to be sent to.")
class WebhookTestInput(CommandInput):
    endpoint_id: strawberry.ID = strawberry.field(description=ENDPOINT_ID)


@strawberry.input(description="What is to be sent once more: one delivery, or the changes of an endpoint between two cursors.")
class WebhookReplayInput(CommandInput):
    delivery_id: strawberry.ID | None = strawberry.field(default=None, description="Global id of the one delivery.")
    endpoint_id: strawberry.ID | None = strawberry.field(default=None, description="Global id of the endpoint of a range.")
    after: str | None = strawberry.field(
        default=None, description="Cursor of a change; the range begins with the next one. Needed with `endpointId`."
    )
    before: str | None = strawberry.field(
        default=None, description="Cursor of a change before which the range ends; null for the last one that was delivered."
    )


@strawberry.type
class OfEndpoint(CommandPayload):
    endpoint: WebhookEndpoint | None = referred(
        "endpoint", ENDPOINTS, Tag.PUBLIC, "The endpoint as it is now; null when it is gone, and when it was refused."
    )


@strawberry.type
class WithSecret(OfEndpoint):
    secret: str | None = entry(
        "secret",
        Tag.INTERNAL,
        "The secret that requests are signed with, `whsec_` and base64: told here alone, and to a repeat under the same key; "
        "null in a dry run and when it was refused.",
    )


@planned("What `webhookEndpointCreate` did: the endpoint and its secret.")
class WebhookEndpointCreatePayload(WithSecret):
    pass


@planned("What `webhookEndpointUpdate` did: the endpoint as it is now.")
class WebhookEndpointUpdatePayload(OfEndpoint):
    pass


@planned("What `webhookEndpointDelete` did.")
class WebhookEndpointDeletePayload(OfEndpoint):
    pass


@planned("What `webhookEndpointRotateSecret` did: the new secret; the former one signs too for 24 hours.")
class WebhookEndpointRotateSecretPayload(WithSecret):
    pass


@strawberry.type
class Sent(OfEndpoint):
    delivery: WebhookDelivery | None = referred(
        "delivery", DELIVERIES, Tag.PUBLIC, "The delivery; null where it is not one, and when it was refused."
    )
    delivery_count: int = entry("deliveryCount", Tag.PUBLIC, "Number of deliveries that are to be sent.")


@planned("What `webhookTest` did: the delivery that is sent.")
class WebhookTestPayload(Sent):
    pass


@planned("What `webhookReplay` did: how much is sent once more.")
class WebhookReplayPayload(Sent):
    pass


def creating(author: Author, given: InputValue) -> Command:
    return endpoints.create(author, installation().guard, given["url"].value.strip(), given["types"].value)


def updating(author: Author, given: InputValue) -> Command:
    url, types, on = (given[name].value for name in ("url", "types", "enabled"))
    own_id = given["endpointId"].raw_id("WebhookEndpoint")
    return endpoints.update(author, installation().guard, own_id, url=url and url.strip(), types=types, on=on)


def of_endpoint(make: Callable[[Author, str], Command]) -> Callable[[Author, InputValue], Command]:
    """Return what makes a command about nothing but an endpoint."""
    return lambda author, given: make(author, given["endpointId"].raw_id("WebhookEndpoint"))


def replaying(author: Author, given: InputValue) -> Command:
    delivery, endpoint, after, before = (given[name] for name in ("deliveryId", "endpointId", "after", "before"))
    if delivery.given:
        if endpoint.given or after.given or before.given:
            raise InvalidInput(Sentence("refusal.EITHER_DELIVERY_OR_RANGE"), "/deliveryId")
        return repeating.repeat_one(author, delivery.raw_id("WebhookDelivery"))
    if not endpoint.given or not after.given:
        raise InvalidInput(Sentence("refusal.EITHER_DELIVERY_OR_RANGE"), "/after" if endpoint.given else "/endpointId")
    own_id = endpoint.raw_id("WebhookEndpoint")
    return repeating.repeat_between(author, own_id, number_at(after), number_at(before) if before.given else None)


def number_at(cursor: InputValue) -> int:
    try:
        return number_of(cursor.value)
    except InvalidInput:
        raise InvalidInput(Sentence("refusal.NO_CHANGE_CURSOR"), cursor.pointer) from None


def answered(given: InputValue, answer: Answer) -> Object:
    """Return the object of a payload; the answer holds the name of a secret, which is worth nothing without our key."""
    dry, name = given["dryRun"].value, answer.get("secret")
    secret = None if dry or name is None else secret_of(installation().key, name)
    sent = {"delivery": answer.get("delivery"), "deliveryCount": answer.get("count", 0)}
    return {"endpoint": answer["endpoint"], "secret": secret, **sent}


NOTHING_SENT = {"deliveryCount": 0, "secret": None}


def mutation(
    name: str,
    taken: type[CommandInput],
    payload: type[CommandPayload],
    description: str,
    command: Callable[[Author, InputValue], Command],
) -> Mutation:
    return Mutation(name, taken, payload, description, command, answered, refused=NOTHING_SENT)


MUTATIONS = (
    mutation(
        "webhookEndpointCreate",
        WebhookEndpointCreateInput,
        WebhookEndpointCreatePayload,
        "Have an app told of changes from now on, by signed requests to its URL.",
        creating,
    ),
    mutation(
        "webhookEndpointUpdate",
        WebhookEndpointUpdateInput,
        WebhookEndpointUpdatePayload,
        "Change an endpoint's URL or types, or switch it on or off.",
        updating,
    ),
    mutation(
        "webhookEndpointDelete",
        WebhookEndpointDeleteInput,
        WebhookEndpointDeletePayload,
        "Remove an endpoint with its log; what waits is not sent any more.",
        of_endpoint(endpoints.delete),
    ),
    mutation(
        "webhookEndpointRotateSecret",
        WebhookEndpointRotateSecretInput,
        WebhookEndpointRotateSecretPayload,
        "Give an endpoint another secret; for 24 hours requests are signed with both.",
        of_endpoint(endpoints.rotate),
    ),
    mutation(
        "webhookTest",
        WebhookTestInput,
        WebhookTestPayload,
        "Send a message to an endpoint that tells of no change, once.",
        of_endpoint(repeating.send_test),
    ),
    mutation(
        "webhookReplay",
        WebhookReplayInput,
        WebhookReplayPayload,
        "Send one delivery once more, or all changes between two cursors that are still kept, under their own `webhook-id`.",
        replaying,
    ),
)
