"""What the policy screens show, one module a part."""
