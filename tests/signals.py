"""What a process that tests start needs of signals."""

import signal


def heed_ctrl_c():
    """A shell that runs the tests in the background has them ignore it, and all that they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
