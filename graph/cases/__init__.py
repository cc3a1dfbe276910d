"""Cases: what is owed to a customer, as pure rules over the history of a case: its state, clocks, assignment, lists."""
