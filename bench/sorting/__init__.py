"""How well topic and priority of cases are told: made-up cases, and the model against rules and the commonest label."""
