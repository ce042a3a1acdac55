"""Every sentence that a person reads passes through here, so that it can be translated."""

import gettext

from coder_app.bundled import bundled

_state: dict[str, gettext.NullTranslations] = {"current": gettext.NullTranslations()}


def use_language(language: str | None) -> None:
    """Translate from now on into `language` ("de", "pt_BR"); None means English."""
    languages = [language] if language else []
    folder = str(bundled("resources") / "locale")
    _state["current"] = gettext.translation("coder_app", folder, languages, fallback=True)


def tr(message: str, /, **values: object) -> str:
    """Return `message` in the user's language with `{name}` places filled from `values`."""
    text = _state["current"].gettext(message)
    return text.format(**values) if values else text


def trn(singular: str, plural: str, n: int, /, **values: object) -> str:
    """Return the form of a message that fits the number `n`, which also fills `{n}`."""
    return _state["current"].ngettext(singular, plural, n).format(n=n, **values)
