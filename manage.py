"""Django's own entry; `yishiting` does the same under one name."""

from yishiting.doors.commands.main import main

if __name__ == "__main__":
    main()
