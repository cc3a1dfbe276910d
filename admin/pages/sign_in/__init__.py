"""The pages before somebody has signed in, and after they have signed out."""
