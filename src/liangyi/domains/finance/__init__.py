"""Budgets, spending and costs."""
