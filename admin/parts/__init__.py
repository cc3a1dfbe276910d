"""What pages share: asking the schema, rendering, formats, lists that go on, the guard of forms."""
