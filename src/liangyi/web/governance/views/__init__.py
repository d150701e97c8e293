"""The policy screens, one module a part."""
