"""账号 Accounts: a person and how they sign in; nothing about offices."""
