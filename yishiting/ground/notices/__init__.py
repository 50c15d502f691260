"""通知 Notices: messages to people, queued and sent exactly once."""
