"""What the tables and columns of a project are called in the field, for histories and reports."""

from coder_app.i18n import tr, trn

KINDS = (
    "coding",
    "segment",
    "code",
    "memo",
    "source",
    "coder",
    "code_example",
    "case",
    "case_member",
    "variable",
    "variable_value",
    "set",
    "set_member",
    "saved_query",
    "link",
    "extra",
    "setting",
    "round",
    "assignment",
    "decision",
    "project",
)
"""The journaled tables, the ones that people ask for first in front."""

TEXTS = {
    "project": ("name", "description"),
    "source": ("name",),
    "code": ("name", "colour", "definition", "use_when", "not_when"),
    "memo": ("title", "body"),
    "code_example": ("text", "source_name"),
    "case": ("name", "description"),
    "variable": ("name", "description"),
    "set": ("name", "description"),
    "saved_query": ("name", "text", "description"),
    "link": ("name",),
    "coder": ("name",),
    "round": ("name",),
    "decision": ("reason",),
}
"""The columns in which people say something in words; an older wording of them can be brought back."""


def kind_name(table: str) -> str:
    """Return what the rows of a table are called, as one says it of all of them."""
    names = {
        "coding": tr("Codings"),
        "segment": tr("Segments"),
        "code": tr("Codes"),
        "memo": tr("Memos"),
        "source": tr("Sources"),
        "coder": tr("Coders"),
        "code_example": tr("Examples"),
        "case": tr("Cases"),
        "case_member": tr("Members of cases"),
        "variable": tr("Variables"),
        "variable_value": tr("Values of variables"),
        "set": tr("Sets"),
        "set_member": tr("Members of sets"),
        "saved_query": tr("Queries"),
        "link": tr("Links"),
        "extra": tr("Other programs’ data"),
        "setting": tr("Keys and settings"),
        "round": tr("Rounds of coding"),
        "assignment": tr("Assignments"),
        "decision": tr("Decisions on disagreements"),
        "project": tr("The project"),
    }
    return names.get(table, table)


def one_name(table: str) -> str:
    """Return what a row of a table is called, as the heading of what is said of that one."""
    names = {
        "coding": tr("Coding"),
        "segment": tr("Segment"),
        "code": tr("Code"),
        "memo": tr("Memo"),
        "source": tr("Source"),
        "coder": tr("Coder"),
        "code_example": tr("Example"),
        "case": tr("Case"),
        "case_member": tr("Member of a case"),
        "variable": tr("Variable"),
        "variable_value": tr("Value of a variable"),
        "set": tr("Set"),
        "set_member": tr("Member of a set"),
        "saved_query": tr("Query"),
        "link": tr("Link"),
        "setting": tr("Key or setting"),
        "round": tr("Round of coding"),
        "assignment": tr("Assignment"),
        "decision": tr("Decision on a disagreement"),
    }
    return names.get(table) or kind_name(table)


def counted(table: str, n: int) -> str:
    """Return so many rows of a table in words, such as "3 codings"."""
    forms = {
        "coding": trn("{n} coding", "{n} codings", n),
        "segment": trn("{n} segment", "{n} segments", n),
        "code": trn("{n} code", "{n} codes", n),
        "memo": trn("{n} memo", "{n} memos", n),
        "source": trn("{n} source", "{n} sources", n),
        "coder": trn("{n} coder", "{n} coders", n),
        "code_example": trn("{n} example", "{n} examples", n),
        "case": trn("{n} case", "{n} cases", n),
        "case_member": trn("{n} member of cases", "{n} members of cases", n),
        "variable": trn("{n} variable", "{n} variables", n),
        "variable_value": trn("{n} value", "{n} values", n),
        "set": trn("{n} set", "{n} sets", n),
        "set_member": trn("{n} member of sets", "{n} members of sets", n),
        "saved_query": trn("{n} query", "{n} queries", n),
        "link": trn("{n} link", "{n} links", n),
        "setting": trn("{n} setting", "{n} settings", n),
        "round": trn("{n} round", "{n} rounds", n),
        "assignment": trn("{n} assignment", "{n} assignments", n),
        "decision": trn("{n} decision", "{n} decisions", n),
    }
    return forms.get(table) or trn("{n} entry", "{n} entries", n)


def field_name(column: str) -> str:
    """Return what a column is called in the field."""
    names = {
        "name": tr("Name"),
        "description": tr("Description"),
        "title": tr("Title"),
        "body": tr("Text"),
        "colour": tr("Colour"),
        "definition": tr("Definition"),
        "use_when": tr("Use when"),
        "not_when": tr("Do not use when"),
        "is_codable": tr("May be used for coding"),
        "parent_id": tr("Under"),
        "order_key": tr("Place in the order"),
        "folder": tr("Folder"),
        "kind": tr("Kind"),
        "type": tr("Type"),
        "text_hash": tr("Text"),
        "original_name": tr("File"),
        "encoding": tr("Encoding"),
        "source_id": tr("Source"),
        "segment_id": tr("Passage"),
        "coding_id": tr("Coding"),
        "code_id": tr("Code"),
        "coder_id": tr("Coder"),
        "case_id": tr("Case"),
        "variable_id": tr("Variable"),
        "set_id": tr("Set"),
        "memo_id": tr("Memo"),
        "start": tr("From character"),
        "stop": tr("To character"),
        "time_start": tr("From millisecond"),
        "time_stop": tr("To millisecond"),
        "regions": tr("Region of the page"),
        "text": tr("Words"),
        "source_name": tr("From"),
        "refers": tr("What its names mean"),
        "value": tr("Value"),
        "direction": tr("Direction"),
        "number": tr("Number"),
        "is_blind": tr("Blind"),
        "opened_at": tr("Opened"),
        "closed_at": tr("Closed"),
        "done_at": tr("Done"),
        "round_id": tr("Round"),
        "judged": tr("Codings that were judged"),
        "agreed": tr("Codings that were agreed on"),
        "outcome": tr("What stands"),
        "side": tr("Taken from"),
        "reason": tr("Reason"),
        "created_at": tr("Made"),
        "imported_at": tr("Imported"),
    }
    return names.get(column, column)
