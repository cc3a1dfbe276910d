"""The pages of cases: the inbox, one case, and opening one."""
