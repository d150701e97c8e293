"""Prices as charged, quotes, payments, refunds, prepaid balances."""
