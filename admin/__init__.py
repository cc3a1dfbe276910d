"""The admin pages: htmx, asking the GraphQL schema in process."""

from admin.site import routes as routes
