"""The command `baguan`: the program of the Rust crate, in this process."""

import signal
import sys

from baguan._baguan import run


def main() -> None:
    # Python would note an interrupt and wait for the command to end; the command ends by it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(run(["baguan", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
