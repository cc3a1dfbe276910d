"""Stock: levels and what moves them, where a product is to be had, reservations, and requests that met none."""
