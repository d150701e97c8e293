"""Suppliers, purchases, stock, lots and recalls."""
