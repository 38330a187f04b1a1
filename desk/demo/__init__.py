"""A fortnight of September 2026 on one machine: invented people, real mails, real protocols."""
