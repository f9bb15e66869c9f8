"""The words by which the parts of a page that are the site's own are known: in class names, and in headings.

Class names are compared in small letters, their words joined by hyphens.
"""

import re
from typing import Final

REASONS: Final = {
    "menu": "The page's menus and links to its other parts",
    "search": "The page's search box",
    "comments": "Comments of readers",
    "cookies": "Notice about cookies",
    "header": "The site's header",
    "footer": "The site's footer",
    "aside": "A side column of the page",
    "form": "A form on the page",
    "popup": "A pop-up of the page",
    "hidden": "Hidden on the page",
    "related": "Links to other pages of the site",
    "share": "Buttons for sharing and following",
    "newsletter": "An invitation to subscribe or give",
    "advert": "Advertisement",
    "player": "The page's player",
    "byline": "The page's line of author and date",
    "tags": "The page's list of keywords",
    "outside": "Outside the main part of the page",
    "furniture": "Text of the page round the conversation",
}
"""What each kind of region is called in a finding."""

_CLASSES: Final = {
    "menu": "nav navbar navigation menus? submenu breadcrumbs? pagination pager toc table-of-contents skip-link "
            "skip-to-content sitemap navegacion menue",
    "search": "search searchform search-form suche buscar recherche",
    "comments": "comments? comment-?list comment-?section respond disqus replies kommentare? comentarios? "
                "commentaires? kommentarii pingbacks? trackbacks? webmentions? discussion-about "
                "reviews",
    "cookies": "cookies? gdpr rgpd dsgvo onetrust consent rodo ciasteczka cookie-?bar",
    "header": "masthead site-?header top-?bar site-branding global-header kopfzeile cabecera-sitio",
    "footer": "site-?footer colophon footer fusszeile pie-de-pagina copyright impressum",
    "aside": "side-?bar widgets? widget-area seitenleiste barra-lateral right-rail left-rail",
    "popup": "modal pop-?up overlay lightbox toast interstitial snackbar",
    "related": "related-?(?:posts?|content|articles?|episodes?)? jp-relatedposts recommended recommendations? recirc "
               "more-(?:from|stories|posts|episodes) read-next up-next post-navigation nav-links recent-posts "
               "latest-posts trending most-read relacionad[oa]s? mas-leid[oa]s lo-mas-leido verwandte aehnliche "
               "blogroll",
    "share": "share sharing sharedaddy share-?(?:bar|buttons?|links|this) social social-(?:links|media|icons|share) "
             "addtoany follow-us compartir teilen partager",
    "newsletter": "newsletter subscribe subscriptions? sign-?up mailchimp mc4wp opt-?in convertkit boletin suscripcion "
                  "suscribete abonnieren abonnement donate donation paywall cta call-to-action",
    "advert": "ads? ad-?(?:slot|unit|block|box|container|wrapper) adsense adsbygoogle adverts? advertisements? "
              "advertising sponsor(?:ed|ship|s)? promo promotion dfp taboola outbrain publicidad anuncios? werbung "
              "anzeige publicite reklama pubblicita publicidade",
    "player": "player (?:audio|podcast|episode|video|media)-player wp-block-audio wp-audio mejs-container plyr podlove "
              "powerpress reproductor lecteur-audio",
    "byline": "byline entry-meta post-meta article-meta posted-on post-info dateline reading-time "
              "author-(?:box|bio|card) post-author entry-author about-the-author",
    "tags": "tags tag-list post-tags cat-links tags-links post-categories tagcloud",
}  # fmt: skip
TOKENS: Final = {kind: "|".join(words.split()) for kind, words in _CLASSES.items()}
"""For each kind of region, a pattern of the words in a class or id that call it so."""

_HEADINGS: Final = {
    "comments": r"""
        (?:\d+\ |\(\d+\)\ )?(?:(?:reader|user|listener)\ )?
        (?:comments?|responses|replies|kommentare?|comentarios?|commentaires?|commenti|comentários|reacties|komentarze
        |комментарии|תגובות|تعليقات|留言|评论|評論|コメント)(?:\ on\ .{1,120})?\s?(?:[(（]?\d+[)）]?)?:?
        |\d+\ thoughts?\ on\ .{1,200}|leave\ a\ (?:reply|comment)
        |discussion\ about\ this\ (?:post|episode)|join\ the\ (?:conversation|discussion)""",
    "related": r"""
        related(?:\ (?:posts?|episodes?|articles?|content|stories))?:?|you\ (?:may|might)\ also\ (?:like|enjoy)
        |(?:more|latest|recent|popular|other|previous)\ (?:posts|episodes|articles|stories|from\ .{1,60})
        |more\ like\ this
        |recommended|keep\ reading|read\ next|up\ next|most\ read|most\ popular|trending|lo\ más\ leído
        |te\ puede\ interesar|das\ könnte\ (?:sie|dich)\ (?:auch\ )?interessieren|mehr\ zum\ thema|à\ lire\ aussi
        |читайте\ также|czytaj\ także|leggi\ anche|leia\ também""",
    "menu": r"""
        (?:table\ of\ )?contents:?|(?:in|on)\ this\ (?:article|page|document):?|jump\ to:?
        |inhalt(?:sverzeichnis)?|índice|sommaire|indice|содержание|目录|目錄|目次|תוכן(?:\ העניינים)?""",
    "share": r"""
        share\ this(?:\ (?:post|episode|page))?:?|follow\ us(?:\ on)?:?|teilen|compartir|partager""",
}
HEADED: Final = tuple((kind, re.compile(words, re.IGNORECASE | re.VERBOSE)) for kind, words in _HEADINGS.items())
"""Kinds of region that a heading names, each with what the whole heading says."""
RIGHTS: Final = re.compile(
    r"""©|\(c\)\ ?\d{4}|copyright\ \d{4}|all\ rights\ reserved|alle\ rechte\ vorbehalten
    |todos\ los\ derechos\ reservados|tous\ droits\ réservés|tutti\ i\ diritti\ riservati
    |todos\ os\ direitos\ reservados|все\ права\ защищены|כל\ הזכויות\ שמורות|版权所有|版權所有|無断転載""",
    re.IGNORECASE | re.VERBOSE,
)
