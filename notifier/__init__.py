"""What leaves the house: replies, digests, calls. Pure and silent, but for `post`, the door to SMTP."""
