"""Who asks, and the policy that says by role who sees what."""
