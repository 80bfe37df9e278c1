"""Who may see and do what: roles, accounts, sessions, and the audit log, kept in `state.sqlite` of the home."""
