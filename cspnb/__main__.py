"""python -m cspnb: the same commands, where there is no make and no script on the path."""

from cspnb.cli import main

main()
