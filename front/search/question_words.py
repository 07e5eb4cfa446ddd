"""Words of questions in the six languages, left out of a search where other words remain.

“Who represents Africa?” asks for “represents” and “Africa”. Our own choice, folded as the index is.
"""

from iscg_portal.search.folding import words_of

_ENGLISH = """
who whom whose what which when where why how is are was were be been am do does did done has have had the a an of on in
at to for from by with about and or this that these those it its there their they he she we you i me my can could may
will would should please tell show find list group iscg say says said decide decides decided
"""
_FRENCH = """
qui que quoi quel quelle quels quelles quand où pourquoi comment est sont était le la les l un une des du de d au aux à
en dans sur pour par avec et ou ce cette ces c s se son sa ses leur leurs il elle ils elles nous vous je groupe décide
décidé a t
"""
_SPANISH = """
quién quiénes qué cuál cuáles cuándo dónde cómo por es son era fue el la los las un una unos unas de del al a en sobre
para con y o este esta estos estas su sus lo se grupo decide decidió ha
"""
_RUSSIAN = """
кто кого кому что чего какой какая какие какое когда где почему как это есть был была были и или в во на о об по для с
со от из к у за его её их группа группы решила решил принял
"""
_ARABIC = """
من ما ماذا متى أين كيف لماذا هل هو هي هم في على عن إلى مع أو و هذا هذه ذلك التي الذي أي قرر قررت الفريق
"""
# Chinese has no spaces: a question is taken apart at these words, and at those that mean the same as others.
_CHINESE = set("谁 什么 哪些 哪个 哪里 何时 如何 怎么 关于 的 是 在 了 吗".split())
_CHINESE_LEFT_OUT = set("小组 决定".split())
_CHINESE_ASKED_FOR = set("代表 协调 协调人 协调员 主席 副主席 会议 决议 报告 文件 联系人".split())
_LONGEST_CHINESE = 12

QUESTION_WORDS = frozenset(
    {word for text in (_ENGLISH, _FRENCH, _SPANISH, _RUSSIAN, _ARABIC) for word in words_of(text)} | _CHINESE_LEFT_OUT
)


def parts_of_chinese(run, known):
    """A run of Chinese taken apart at the words that are known, the longest first; without the words of questions.

    `known` has terms as tuples of words. The run itself, where nothing else would remain.
    """
    words = _CHINESE | _CHINESE_ASKED_FOR | _CHINESE_LEFT_OUT
    parts, rest, at = [], "", 0
    while at < len(run):
        pieces = (run[at : at + length] for length in range(min(_LONGEST_CHINESE, len(run) - at), 0, -1))
        piece = next((one for one in pieces if one in words or (one,) in known), "")
        if piece:
            parts, rest = [*parts, rest, piece], ""
        else:
            rest += run[at]
        at += len(piece) or 1
    parts = [part for part in (*parts, rest) if part]
    return [part for part in parts if part not in _CHINESE] or [run]
