"""Words that tell a speaker's label from what only has its shape, in the languages that shows are printed in."""

import re
from typing import Final

from converters.readers.wording import listed

NOT_A_NAME: Final = frozenset(
    "actually anyway anyways he him me somebody someone everybody everyone nobody nothing something us okay well "
    "because again here's there's it's that's what's i i'm we're you're they're let's quote unquote "
    "a about above after all also an and any are as at be because before below but by can click content did do does "
    "donate editor's either every find finally first follow for from get had has have here his how however if in is "
    "it its join last listen look more most my new next no not note now of okay on one or our please read "
    "remember see "
    "she so some that the their then there these they thing this those to today tomorrow trigger until update upon "
    "visit want warning was watch we were what when where which while who why will with would yes you your first "
    "second third fourth fifth firstly secondly thirdly lastly step part chapter point question fact remember "
    "warning "
    "tip "
    "además así aunque como cómo con cuando de del desde donde el ella ellos en entonces es esta este esto hay "
    "la las "
    "lo los más mi muy no nota o para pero por porque que qué si sí sin sobre su también un una y ya primero segundo "
    "tercero ruego aviso ojo "
    "aber als also am an auch auf aus bei da dann das dass dem den der des die dies diese doch ein eine er es "
    "für hier "
    "hinweis ich im in ist ja jetzt man mit nach nein nicht noch nur oder schon sie so und uns von vor war warum was "
    "weil wenn wer wie wir wo zu zum zur erstens zweitens drittens viertens punkt "
    "alors après au aussi avec ça ce cela ces cette comme dans des donc du elle en est et il ils je le les leur mais "
    "ne non nous on où ou oui par parce pas pour pourquoi quand que qui sans si son sur un une vous "
    "а без был была в вот вы да для до его ее если есть же за и из или их к как когда кто мы на не нет но о об "
    "он она "
    "они от по потому при про с так там то только ты у уже что это я".split()
)  # fmt: skip
HEADER_FIELDS: Final = frozenset(
    "abstract accession address air airdate archive author authors broadcast cast category copyright comments "
    "correction corrections credits date description disclaimer duration editor edited engineer email e-mail episode "
    "fax file guest guests host hosts interviewee "
    "interviewees "
    "interviewers keywords language length license licence link links location media music note notes number "
    "participants phone photo place podcast present present producer producers programme published recorded "
    "recording "
    "references restrictions "
    "runtime season series show slides source speaker speakers subject subtitle summary tags tel telephone time "
    "title "
    "topic topics transcribed transcriber transmission tx transcript transcription url venue version video web "
    "website "
    "actualización archivo asistentes autor autora autores descripción duración emisión episodio fecha idioma "
    "invitada invitado "
    "invitados lugar participantes presenta programa resumen tema temporada título transcripción "
    "abschrift anwesend beginn ende schluss herausgeber regie ton technik erstsendung  aufnahme autorin beschreibung "
    "datum dauer folge gast gäste länge moderation ort quelle redaktion "
    "sendung sendedatum sponsor sponsors sprache teilnehmer thema titel transkript transkription zusammenfassung "
    "animation auteur diffusion durée émission invité invitée invités lieu présents résumé sujet titre "
    "apresentação edição publicado convidado convidados data descrição duração local título convidada "
    "эфир расшифровка автор ведущие выпуск гости гость дата длительность место название описание программа "
    "расшифровка тема участники "
    "אורח אורחים אורחת כותרת מקום נושא פרק שם תאריך משתתפים תמלול עריכה שידור "
    "关键词 会议主题 会议时间 参会人 文責 収録日 話し手 编辑 校对 转写 "
    "标题 標題 日期 时间 時間 地点 地點 嘉宾 嘉賓 来宾 題目 节目 節目 主题 主題 参会人员 整理 编辑 "
    "日時 出演 収録 番組 タイトル 放送日 場所 テーマ ゲスト 概要 配信日 文字起こし "
    "제목 날짜 출연 장소 주제 تفريغ تقديم الضيوف العنوان التاريخ الضيف المكان onderwerp gasten duur tytuł data "
    "gość miejsce "
    "temat".split()
)  # fmt: skip
_PARTS_PLAYED: Final = frozenset(
    listed("""
    voix off  voix  voz en off  off  stimme  locução  apresentador  apresentadora  ouvinte  announcer
    audience  audience member  audience members  caller  chair  chairman  chairwoman  chairperson  crowd  host
    cohost  co-host  interviewer  interviewee  moderator  narrator  operator  presenter  press  q  a  reporter
    speaker  voice  voiceover  participant  man  woman  all  both  attendee  student  guest  questioner
    unknown  unknown speaker  unidentified  unk  aide  the court  the witness  the clerk  the president
    the press
    the vice president  male  male speaker  male voice  female  female speaker  female voice  spk  spk_
    speaker_  público  oyente  entrevistador  entrevistadora  entrevistado  entrevistada  presentador
    presentadora  locutor  locutora  moderador  moderadora  hablante  pregunta  respuesta  p  r  periodista
    voz  publikum  sprecher  sprecherin  moderatorin  interviewerin  anrufer  anruferin  hörer  hörerin  frage
    antwort  befragte  befragter  befragten  erzähler  erzählerin  journalist  journalistin  alle  f  public
    auditeur  auditrice  animateur  animatrice  journaliste  présentateur  présentatrice  intervenant
    locuteur  le président  la présidente  question  réponse  answer  ведущий  ведущая  гость  гостья
    слушатель  корреспондент  журналист  голос  вопрос  ответ  в  о  зал  диктор  спикер  מנחה  מראיין
    מראיינת  קריין  קריינית  אורח  אורחת  קהל  דובר  דוברת  מאזין  מאזינה  ש  ת  主持人  主持  嘉宾  嘉賓
    记者  記者  问  答
    問  观众  觀眾  听众  聽眾  旁白  众人  主播  发言人  说话人  司会  司会者  進行  ゲスト  聞き手  話し手
    質問  回答  ナレーション  ナレーター  会場  一同  リスナー
    話者  참석자  진행자  사회자  게스트  기자  청중  질문  답변  화자  المذيع  المذيعة  الضيف  الضيفة  المتصل
    مقدم  مقدمة
    приглашённый
    """)
)  # fmt: skip
_COUNTED: Final = re.compile(r"(?:[ _]?#?\d{1,3}|[ _][A-Z一二三四甲乙丙])$", re.IGNORECASE)
_NOBODY_KNOWN: Final = re.compile(r"unidentified \w+|[―─—]{2,}", re.IGNORECASE)


def plays_a_part(label: str) -> bool:
    """Tell whether a label says what somebody does here: two people may share it. A number or a letter may follow."""
    for words in (label, _COUNTED.sub("", label)):
        if words.casefold() in _PARTS_PLAYED or _NOBODY_KNOWN.fullmatch(words):
            return True
    return False
