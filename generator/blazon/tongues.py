"""Languages by their tags: which way each is written, what its speakers call it, and which strings of a theme speak it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_SCRIPTS_TO_LEFT = frozenset({"Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"})
_STRINGS = "strings/"
_SCRIPT = 4  # letters of a script in a tag

# What languages are called by those who speak them, as Unicode's CLDR spells it.
_OWN_NAMES = {
    "af": "Afrikaans", "am": "አማርኛ", "ar": "العربية", "az": "azərbaycan", "be": "беларуская", "bg": "български",
    "bn": "বাংলা", "bs": "bosanski", "ca": "català", "ckb": "کوردیی ناوەندی", "cs": "čeština", "cy": "Cymraeg",
    "da": "dansk", "de": "Deutsch", "dv": "ދިވެހި", "el": "Ελληνικά", "en": "English", "es": "español", "et": "eesti",
    "eu": "euskara", "fa": "فارسی", "fi": "suomi", "fil": "Filipino", "fr": "français", "ga": "Gaeilge", "gl": "galego",
    "gu": "ગુજરાતી", "ha": "Hausa", "he": "עברית", "hi": "हिन्दी", "hr": "hrvatski", "ht": "Kreyòl ayisyen", "hu": "magyar",
    "hy": "հայերեն", "id": "Indonesia", "ig": "Igbo", "is": "íslenska", "it": "italiano", "ja": "日本語", "ka": "ქართული",
    "kk": "қазақ тілі", "km": "ខ្មែរ", "kn": "ಕನ್ನಡ", "ko": "한국어", "ku": "kurdî", "ky": "кыргызча", "lo": "ລາວ",
    "lt": "lietuvių", "lv": "latviešu", "mi": "te reo Māori", "mk": "македонски", "ml": "മലയാളം", "mn": "монгол",
    "mr": "मराठी", "ms": "Melayu", "mt": "Malti", "my": "မြန်မာ", "nb": "norsk bokmål", "ne": "नेपाली", "nl": "Nederlands",
    "nn": "norsk nynorsk", "no": "norsk", "om": "Oromoo", "or": "ଓଡ଼ିଆ", "pa": "ਪੰਜਾਬੀ", "pl": "polski", "ps": "پښتو",
    "pt": "português", "pt-BR": "português (Brasil)", "pt-PT": "português (Portugal)", "qu": "Runasimi", "ro": "română",
    "ru": "русский", "rw": "Ikinyarwanda", "sd": "سنڌي", "si": "සිංහල", "sk": "slovenčina", "sl": "slovenščina",
    "so": "Soomaali", "sq": "shqip", "sr": "српски", "sr-Latn": "srpski", "sv": "svenska", "sw": "Kiswahili",
    "ta": "தமிழ்", "te": "తెలుగు", "tg": "тоҷикӣ", "th": "ไทย", "ti": "ትግርኛ", "tk": "türkmen dili", "tr": "Türkçe",
    "ug": "ئۇيغۇرچە", "uk": "українська", "ur": "اردو", "uz": "o‘zbek", "vi": "Tiếng Việt", "xh": "IsiXhosa",
    "yi": "ייִדיש", "yo": "Èdè Yorùbá", "zh": "中文", "zh-Hans": "简体中文", "zh-Hant": "繁體中文", "zu": "isiZulu",
}  # fmt: skip

# The country in which most speakers of a language live, where its code is not the language's (CLDR, "likelySubtags").
_COUNTRIES = {
    "af": "ZA", "am": "ET", "ar": "EG", "be": "BY", "bn": "BD", "bs": "BA", "ca": "ES", "ckb": "IQ", "cs": "CZ", "cy": "GB",
    "da": "DK", "dv": "MV", "el": "GR", "en": "US", "et": "EE", "eu": "ES", "fa": "IR", "fil": "PH", "ga": "IE", "gl": "ES",
    "gu": "IN", "ha": "NG", "he": "IL", "hi": "IN", "hy": "AM", "ig": "NG", "ja": "JP", "ka": "GE", "kk": "KZ", "km": "KH", "kn": "IN",
    "ko": "KR", "ku": "TR", "ky": "KG", "lo": "LA", "mi": "NZ", "ml": "IN", "mr": "IN", "ms": "MY", "my": "MM", "nb": "NO",
    "ne": "NP", "nn": "NO", "om": "ET", "or": "IN", "pa": "IN", "ps": "AF", "pt": "BR", "qu": "PE", "sd": "PK", "si": "LK",
    "sl": "SI", "sq": "AL", "sr": "RS", "sv": "SE", "sw": "TZ", "ta": "IN", "te": "IN", "tg": "TJ", "ti": "ET", "tk": "TM",
    "ug": "CN", "uk": "UA", "ur": "PK", "vi": "VN", "xh": "ZA", "yi": "UA", "yo": "NG", "zh": "CN", "zh-Hant": "TW",
    "zu": "ZA",
}  # fmt: skip
_COUNTRY = re.compile(r"[A-Z]{2}")


def direction(language: str) -> Literal["ltr", "rtl"]:
    """The direction a language is written in, as HTML says it; a script in the tag decides, such as `az-Arab`."""
    first, *rest = language.split("-")
    script = next((part for part in rest if len(part) == _SCRIPT and part.isalpha()), "")
    return "rtl" if (script in _SCRIPTS_TO_LEFT if script else first in RIGHT_TO_LEFT) else "ltr"


def own_name(language: str) -> str:
    """What speakers call a language, as a list of languages writes it: `Español`. A country that the name lacks is added as
    its code, `Español (MX)`; a language that we know no name of is called by its tag.
    """
    parts = language.split("-")
    for size in range(len(parts), 0, -1):
        found = _OWN_NAMES.get("-".join(parts[:size]))
        if found:
            left = ", ".join(parts[size:])
            return found[:1].upper() + found[1:] + (f" ({left})" if left else "")
    return language


def locale(language: str) -> str:
    """A language and a country as link previews name both (Open Graph, `og:locale`): `pt_BR`. Where the tag names no country it is
    the one with most speakers; "" when we know none.
    """
    parts = language.split("-")
    named = next((part for part in parts[1:] if _COUNTRY.fullmatch(part)), "")
    likely = _COUNTRIES.get("-".join(parts[:2])) or _COUNTRIES.get(parts[0])
    country = named or likely or (parts[0].upper() if parts[0] in _OWN_NAMES else "")
    return f"{parts[0]}_{country}" if country else ""


def spoken(paths: Iterable[str]) -> tuple[str, ...]:
    """The languages that the files of a theme have strings in, by their paths; whatever stands in `strings/base/` is ours."""
    names = (path.removeprefix(_STRINGS).removeprefix("base/") for path in paths if path.startswith(_STRINGS))
    return tuple(sorted({name.removesuffix(".yaml") for name in names if name.endswith(".yaml")}))


def strings_of(paths: Iterable[str], language: str) -> tuple[str, ...]:
    """The files of a theme that speak a language, those that say it best last: of `es-MX`, Spanish, and then what Mexico says otherwise."""
    known = frozenset(paths)
    tags = dict.fromkeys((language.partition("-")[0], language))
    found = (f"{_STRINGS}{base}{tag}.yaml" for tag in tags for base in ("base/", ""))
    return tuple(path for path in found if path in known)


def offered(languages: Iterable[str], language: str) -> bool:
    """Whether a list of languages has one, or the one that it is a variety of; an empty list offers all."""
    listed = frozenset(languages)
    return not listed or not listed.isdisjoint((language, language.partition("-")[0]))
