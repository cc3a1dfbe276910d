"""Which records are one customer, in the graph: components loaded, decided, written, rebuilt."""
