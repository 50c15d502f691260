"""工具 Instruments: what every stage of the year uses."""
