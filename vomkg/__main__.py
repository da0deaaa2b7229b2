"""``python -m vomkg`` is the command line."""

from vomkg.cli import main

if __name__ == "__main__":
    main()
