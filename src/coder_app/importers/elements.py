"""lxml's trees behind a typed face, parsed with the settings that hostile files need: no DTD, no network, no size."""

from collections.abc import Iterator
from typing import Any, Protocol

from coder_app.domain.errors import ImportProblem
from coder_app.i18n import tr


class Element(Protocol):
    """The few things of an lxml element that the readers use; `tag` is no text for comments and instructions."""

    tag: object
    text: str | None
    tail: str | None

    def get(self, key: str, /) -> str | None: ...
    def iter(self, *tags: str) -> Iterator["Element"]: ...
    def getparent(self) -> "Element | None": ...
    def __iter__(self) -> Iterator["Element"]: ...


def parse_xml(name: str, data: bytes) -> Element:
    """Return the root of an XML part. Raises ImportProblem, also for any document type declaration."""
    etree = _etree()
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root: Element = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            message = tr("“{name}” was not read: it needs too much memory.", name=name)
        else:
            message = tr("“{name}” is damaged: its text cannot be read.", name=name)
        raise ImportProblem(message) from error
    if _has_doctype(root):
        raise ImportProblem(
            tr("“{name}” was not opened: it declares a document type, which no such file needs.", name=name),
        )
    return root


def parse_html(name: str, text: str) -> Element | None:
    """Return the root of a web page, however ill-formed it is; None where it has no element. Raises ImportProblem."""
    etree = _etree()
    # Old pages nest unclosed tags by the hundred, and beyond the small limits lxml would silently read half
    # a page. HTML has no entities of its own to grow from, so its limits can be the wide ones.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root: Element | None = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise ImportProblem(tr("“{name}” cannot be read as a web page.", name=name)) from error
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise ImportProblem(tr("“{name}” was not read: its parts are nested too deeply for a web page.", name=name))
    return root


def local_name(element: Element) -> str:
    """Return the tag of `element` without its namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """Return the attribute `name` of `element` in whatever namespace the element itself is."""
    namespace = str(element.tag).rpartition("}")[0]
    return element.get(f"{namespace}}}{name}" if namespace else name)


def _has_doctype(root: Any) -> bool:  # noqa: ANN401 - lxml comes without types
    info = root.getroottree().docinfo
    return bool(info.doctype) or info.internalDTD is not None


def _etree() -> Any:  # noqa: ANN401 - lxml comes without types
    # It is compiled and comes without stubs.
    from lxml import etree  # pyright: ignore[reportMissingTypeStubs, reportAttributeAccessIssue, reportUnknownVariableType]

    # Still without stubs.
    return etree  # pyright: ignore[reportUnknownVariableType]
