"""placeholder"""
from converters.narration.model import Voice
from converters.document import LanguageTag
def offered(voices, variants):
    return tuple(Voice(i+v, LanguageTag(l), n) for i,l,n in voices for v in ("","+f3","+adam"))
