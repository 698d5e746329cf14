"""Who acts on the command line: whoever runs the machine."""

from feedback.domain.editor import Editor, Role

# Whoever has a shell on this machine has the database; the history says where it came from.
COMMAND_LINE = Editor(None, "Command line", Role.CHIEF)
