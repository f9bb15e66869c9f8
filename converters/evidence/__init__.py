"""What was found by looking, as files to send on: ``evidence.json``, ``evidence.earl.json``, ``evidence.html``.

``dossier`` puts together what belongs to an episode, ``criteria`` what is known of each criterion, ``earl`` says it in
the W3C's vocabulary, ``page`` in plain words, ``roll_up`` for an archive. ``saved`` puts the files in their place.
"""
