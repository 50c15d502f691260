"""Everyday development: the demo, with Django's own pages for what went wrong."""

from config.settings.demo import *

DEBUG = True
