"""How touchpoints are sought: of a customer, of a store, of a product."""
