"""The dashboard: shows one published snapshot and computes no KPI.

Packages, each importing only those below it (the import contract "dashboard" in pyproject.toml):

    server, app       composition root
    screens           one page each: selection + data + components
    components        lists, tables and forms that several pages show
    sheets            tables to download, as typed columns
    uploads           uploaded files: checked, landed and built by the command line
    page              frame, filter bar, snapshot in force, downloads: the parts that use Streamlit
    render            figures → HTML, Vega dictionaries, workbooks; theme
    queries           SQL on the snapshot, every result limited to a Scope
    excerpts          cells around findings, as the sender sees them
    check_result      the JSON of `doithoai check` as dataclasses
    filters, text, model    pure: view ↔ URL, Vietnamese sentences, dataclasses
"""
