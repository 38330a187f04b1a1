"""What leaves the house: replies, digests, calls. Pure and silent, but for `post`, the door to SMTP."""


def compile_templates() -> int:
    """Compile every letter's template; how many there are. `blossom doctor` asks it.

    Raises:
        DeskError: a template has a fault; file and line are named.
    """
    from notifier import _templates  # Jinja is loaded only where a letter is written

    return _templates.compile_all()
