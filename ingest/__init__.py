"""Mail: read from the inboxes, opened, recognised, and joined to the application it belongs to."""
