"""Why records are one person, or are not: computed with the rules that decide it, from what one statement reads."""
