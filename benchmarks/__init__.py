"""How fast the product is, beside what its pages and its database alone would take."""
