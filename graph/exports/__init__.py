"""Export of a person: everything that is held of a customer, read in bounded steps into a zip of JSON, CSV and pages."""
