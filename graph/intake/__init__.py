"""How events are taken: the queue, a batch in one transaction, receipts."""
