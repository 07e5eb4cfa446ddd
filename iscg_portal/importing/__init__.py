"""The staged import and the export of the record (rule 11), on django-import-export.

A file becomes a `Sheet` (`files`), a `RecordResource` judges its rows together and gives a
`Preview` (`judged`), and a `StagedImport` keeps both until an account confirms or the time is over.
Scripts call `judge` and `write` of `iscg_portal.importing.rows`.
"""
