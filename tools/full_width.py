"""Chinese punctuation: full width beside Chinese characters (GB/T 15834), as every clerk types it."""

import re

HAN = r'\u3400-\u9fff\U00020000-\U0003ffff'


# Behind what a sentence goes on in Chinese: a character, a closing mark, a number or place for one before Chinese.
AFTER = re.compile(rf'(?<=[{HAN}”’》）】〉、。%}}])([,;:!?])(?!//) ?')
BEFORE = re.compile(rf'(?<=[0-9A-Za-z%}}\]>])([,;!?]) ?(?=[{HAN}“‘《（]|"?$)|(?<=[%$][sdu])(:) ?(?=[{HAN}“])', re.MULTILINE)

# A bracket that Chinese stands in or before; `(_F)` is a key and stays as it is.
BRACKET = re.compile(rf'(?<=[{HAN}”》])\((?!_|[A-Z]\))([^()]*)\)|(?<![a-z_])\((?!_)([^()]*[{HAN}][^()]*)\)|(?<=s)\((%[^()]*)\)')


# An address is not a sentence.
ADDRESS = re.compile(r'(\S*://\S*)')


def widen_words(text):
    """What `widen` does with what is no address."""
    while True:
        wide = BRACKET.sub(lambda match: '（' + next(part for part in match.groups() if part is not None) + '）', text)
        wide = AFTER.sub(lambda match: chr(ord(match[1]) + 0xFEE0), wide)
        wide = BEFORE.sub(lambda match: chr(ord(match[1] or match[2]) + 0xFEE0), wide)
        if wide == text:
            return wide
        text = wide


def widen(text):
    """The text with its marks in full width wherever it is Chinese."""
    if not re.search(f'[{HAN}“]', text):
        return text
    return ''.join(part if '://' in part else widen_words(part) for part in ADDRESS.split(text))
