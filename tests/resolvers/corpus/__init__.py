"""The written queries, each for the reason that its name states. `<name>` stands for something in the wide town."""
