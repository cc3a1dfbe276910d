"""How a document is answered: operations kept and planned, pages, cursors, ids, errors."""
