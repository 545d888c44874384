"""The Messages page in Django, as its handbook says: to compare with, in an environment of its own."""
