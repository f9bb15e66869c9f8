"""An episode read aloud: script → casting → synthesizer → clips and encoded tracks.

Begin with ``performance.py``. This file stays empty of imports, so that a run that
makes no sound may know what a narration is (``model.py``) and loads nothing more.
"""
