"""``python -m gradcheck`` is the command ``gradcheck``."""

from gradcheck.cli import main

main(prog_name="gradcheck")
