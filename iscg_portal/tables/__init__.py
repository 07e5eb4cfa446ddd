"""One description of a table, to page, JSON, CSV and XLSX: they say the same, for the same day and filter.

A view describes its table once (`Table`, `Column`) and either shows it (`shown`) or writes it (`file_of`);
`page_and_file` gives the page and its files their addresses.
"""

from iscg_portal.tables.addresses import page_and_file, read_choice, read_page
from iscg_portal.tables.files import file_of, guarded, long_file_of
from iscg_portal.tables.table import ROWS_A_PAGE, Column, Shown, Table, shown
