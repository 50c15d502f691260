"""命令 Commands: the same verbs on the command line."""
