"""Jobs: long work that somebody asked for, with its state, how far it has come, and a receipt; run once whatever crashes."""
