"""Cases: what is owed to a customer, by whom and until when; how they are listed, and the mutations that work on them."""
