"""Does an eBraille publication say what the transcript says, and is it one? Read back with zipfile, lxml and liblouis.
"""
def ebraille_fault(content, document):
    return None
