"""What pages ask of the stock of a product: here, at the nearest stores, and on its way."""

from __future__ import annotations

STOCK_ROW = """
fragment StockRow on ProductAvailability {
  here { available onHand committed reserved unavailable incoming countedAt store { id name code } }
  stores { distanceMeters level { available store { id name code openingHours } } }
  warehouses { distanceMeters level { available store { id name code } } }
  incoming { quantity expectedAt store { id name code } }
}
"""
