"""The human face: htmx pages that ask the GraphQL schema in process."""

from admin.site import routes as routes
