"""What is right, purely: reading a policy, matching its clauses, its life, its values, its evidence packs."""
