"""总览 Overview: the conductor of the year, and its figures."""
