"""The pages of teams: who works on cases, and by which targets and calendars."""
