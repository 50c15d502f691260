"""Yishiting (议事厅): one table of contents, from the ground up.

Imports, like foreign keys, may only point to what exists earlier in this list.

    methods        方法  the mathematics of deliberation, plain Python
    ground         底座  what is there before the year begins
    instruments    工具  what every stage uses
    year           一年  the cycle, in order
    overview       总览  the conductor and the figures
    doors          门户  where people and programs come in
"""

__version__ = "0.1.0"
