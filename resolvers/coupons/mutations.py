"""The mutations of coupons, those that set them up and those that use them."""

from __future__ import annotations

from resolvers.coupons import defining, using
from resolvers.engine.mutation import Mutation

MUTATIONS: tuple[Mutation, ...] = (*defining.MUTATIONS, *using.MUTATIONS)
