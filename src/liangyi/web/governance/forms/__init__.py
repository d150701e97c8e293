"""What is typed into the policy screens, one module a part."""
