"""base is common; dev serves the demo; test is strict; production refuses to start half configured."""
