"""Stock: how much of a product there is where, what moves it, who holds some of it, and who asked for it in vain."""
