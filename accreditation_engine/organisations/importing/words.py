"""Reasons about tables of organisations and their rows, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation_engine.engine.isolates import isolate, isolated
from accreditation_engine.engine.reasons import wording
from accreditation_engine.organisations.words import field_title

from .sheets import Table


@wording("table_empty")
def _table_empty(parameters: Mapping[str, Any]) -> str:
    return _("The file is empty. Choose one that holds a table.")


@wording("table_of_old_excel")
def _table_of_old_excel(parameters: Mapping[str, Any]) -> str:
    return _(
        "This is a file of Excel of the old kind (xls), or one that a password protects. Open it, save it as xlsx"
        " without a password, and choose that file."
    )


@wording("table_too_large")
def _table_too_large(parameters: Mapping[str, Any]) -> str:
    return _("The file is larger than %(most)d MB. Divide it, and import the parts one after the other.") % {
        "most": parameters["most"]
    }


@wording("table_unpacks")
def _table_unpacks(parameters: Mapping[str, Any]) -> str:
    return _(
        "The file unpacks to more than %(most)d MB, which no table of organisations does. Save the table anew,"
        " without pictures, or as CSV."
    ) % {"most": parameters["most"]}


@wording("table_too_long")
def _table_too_long(parameters: Mapping[str, Any]) -> str:
    return _(
        "The table has more than %(most)d rows. Divide it, and import the parts one after the other."
    ) % {"most": parameters["most"]}


@wording("table_broken")
def _table_broken(parameters: Mapping[str, Any]) -> str:
    return _("This is no table that can be read. Save it as .xlsx, or as CSV in UTF-8.")


@wording("table_not_text")
def _table_not_text(parameters: Mapping[str, Any]) -> str:
    return _("The letters of this file cannot be read. Save the table as CSV in UTF-8, or as .xlsx.")


@wording("table_without_columns")
def _table_without_columns(parameters: Mapping[str, Any]) -> str:
    words = _(
        "No row names the columns. Put their names above the rows: at least the registration number and a name,"
        " as in the template."
    )
    if not parameters["found"]:
        return words
    found = _("The first row holds: %(found)s.") % {
        "found": str(_(", ")).join(map(isolate, parameters["found"]))
    }
    return f"{words} {found}"


@wording("cell_formula")
def _cell_formula(parameters: Mapping[str, Any]) -> str:
    return _("%(field)s: a formula stands here. Write its value instead.") % isolated(
        {"field": field_title(parameters["field"])}
    )


@wording("cell_date")
def _cell_date(parameters: Mapping[str, Any]) -> str:
    return _(
        "%(field)s: the spreadsheet has made a date of what was typed here. Format the column as text, and type it"
        " again."
    ) % isolated({"field": field_title(parameters["field"])})


@wording("cell_surplus")
def _cell_surplus(parameters: Mapping[str, Any]) -> str:
    if not parameters["value"]:
        return _("A cell stands behind the last column. Empty it, or name its column.")
    return _(
        "A cell stands behind the last column: “%(value)s”. Empty it, or name its column; in a CSV, a name that"
        " holds a comma stands between quotation marks."
    ) % isolated({"value": parameters["value"]})


@wording("organisation_nameless")
def _organisation_nameless(parameters: Mapping[str, Any]) -> str:
    return _("A name is needed, in Arabic or in English; one of them is enough.")


@wording("organisation_meanwhile")
def _organisation_meanwhile(parameters: Mapping[str, Any]) -> str:
    if parameters["new"]:
        return _(
            "An organisation was registered under this number after you looked at the table. It stays as it is;"
            " import the file once more to see what would change."
        )
    return _(
        "The organisation was changed after you looked at the table. It stays as it is; import the file once more"
        " to see what would change."
    )


@wording("row_twice")
def _row_twice(parameters: Mapping[str, Any]) -> str:
    rows = str(_(", ")).join(str(each) for each in parameters["rows"])
    return ngettext(
        "The same number stands in row %(rows)s as well. Keep one of them.",
        "The same number stands in rows %(rows)s as well. Keep one of them.",
        len(parameters["rows"]),
    ) % {"rows": rows}


@wording("country_unknown")
def _country_unknown(parameters: Mapping[str, Any]) -> str:
    return _("“%(value)s” is no country that is known here. Write its two letters, such as EG.") % isolated(
        {"value": parameters["value"]}
    )


def notes(table: Table) -> Iterator[str]:
    """What of the file was passed over, and how it was read, a sentence each."""
    if table.windows:
        yield _("The file was read as Windows-1256. Look whether the names are right.")
    if table.ignored:
        columns = str(_(", ")).join(isolate(each[:60]) for each in table.ignored)
        yield _("Columns that are not known and were passed over: %(columns)s.") % {"columns": columns}
    if table.doubled:
        columns = str(_(", ")).join(isolate(each[:60]) for each in table.doubled)
        yield _("Columns that stand there twice; only the first was read: %(columns)s.") % {
            "columns": columns
        }
    if table.nameless:
        yield ngettext(
            "%(count)d column without a name was passed over.",
            "%(count)d columns without a name were passed over.",
            table.nameless,
        ) % {"count": table.nameless}
    if table.others:
        sheets = str(_(", ")).join(isolate(each[:60]) for each in table.others)
        yield _("Other sheets of the file were passed over: %(sheets)s.") % {"sheets": sheets}
