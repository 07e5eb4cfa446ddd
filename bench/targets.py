"""What the portal is held to. Ratios are to a bare Django view of the same length in the same run."""

LEAST_SEEN = 0.65  # requests per second of a page seen before, as a part of the bare view's
LEAST_UNCHANGED = 0.8  # the same, asked with its ETag
LEAST_BEHIND_NGINX = 0.8  # of a page that nginx has, as a part of its own static file of the same length
LEAST_NEVER_SEEN = 0.015  # of a page that is made for the request, for another day each time
LEAST_NEVER_SEEN_OF = {"front:home": 0.025, "members:composition": 0.025}
MOST_COST_OF_TENFOLD = 1.2  # of making a page over ten times the data, as a multiple
MOST_MEGABYTES_OF_KEPT_PAGES = 20  # of a worker that keeps so many pages as PAGES_KEPT says
MOST_MEGABYTES_OF_GROWTH = 5  # of each process, while as many addresses are tried as ADDRESSES_TRIED says
MOST_QUERIES = 8  # of a public page
MOST_QUERIES_OF_A_LIST = 15  # of a change list of the admin
MOST_TIMES_DJANGOS_OWN = 2  # of desk, log, search, picker, list or form, to Django's own change list of 100 rows
MOST_SECONDS_OF_THE_DESK = 0.3  # on 2,000 persons, 20,000 documents and 500 subjects
MOST_BYTES_OF_THE_DESK = 100_000
MOST_SECONDS_OF_IMPORTED_PERSONS = 10  # 2,000 of them beside as many: the preview and writing them together
MOST_SECONDS_OF_AN_IMPORT = 30  # for the preview of 1,000 rows, and for writing them
MOST_MEGABYTES_OF_AN_IMPORT = 500
MOST_SECONDS_OF_A_FIRST_MAKING = 1.5  # of a page over a mapping of 3,000 units and 20,000 links
MOST_QUERIES_OF_THE_MAPPING = 10
MOST_BYTES_OF_THE_MAPPING = 300_000
MOST_SECONDS_OF_A_SEARCH = 0.15
MOST_QUERIES_OF_A_SEARCH = 5
MOST_SECONDS_OF_AN_INDEX = 300  # made from nothing, on 5,000 documents of 20 pages
MOST_SECONDS_OF_A_FILE = 10  # with all its links
MOST_SECONDS_OF_IMPORTED_LINKS = 20  # 2,000 of them
MOST_SECONDS_OF_PROPOSALS = 5  # for the 300 units of a rollover
MOST_SECONDS_OF_A_ROLLOVER = 20  # to save what is decided of them, to carry it out with 2,200 links, to undo it
MOST_SECONDS_OF_A_REPORT = 6  # to compose one on 2,000 subjects, 500 meetings, 5,000 documents, 500 reports
MOST_QUERIES_OF_A_REPORT = 40
MOST_SECONDS_OF_THE_FINDER = 30  # with 3,000 units, 20,000 links and 5,000 other things that have titles
MOST_SECONDS_OF_THE_FILES = 90  # of a report of 60 pages in six languages, in a process of its own
MOST_MEGABYTES_OF_THE_FILES = 400
MOST_SECONDS_OF_SENDING = 60  # for the mails that are due, with two `send_due` at once
MOST_BYTES_OF_A_FIRST_VISIT = 60_000  # compressed, with everything it loads; of the shipped record 25,000, in the tests
MOST_BYTES_OF_THE_NEXT_PAGE = 20_000

MOST_MEGABYTES_OF_AN_ARCHIVE = 100  # above idle, while the files of a meeting are sent as one ZIP
MOST_SECONDS_OF_A_HEADER = 2  # to read the header of a DOCX of ten megabytes
MOST_MEGABYTES_OF_A_HEADER = 200

SEEN = ("front:home", "members:composition", "subjects:subject-list", "meetings:document-list")
WHOLE = (".pdf", ".png", ".xlsx", ".ics", ".json")  # files are made whole: of pages of these names queries are counted

PERSONS, TERMS, SUBJECTS = 200, 1_000, 200
MEETINGS, DOCUMENTS = 500, 5_000
UNITS, LINKS = 3_000, 20_000
ACCOUNTS, REMINDERS, DUE_MAILS = 5_000, 20_000, 1_000
ARCHIVE_MEGABYTES, DOCX_MEGABYTES = 500, 10
TENFOLD = 10
PAGES_KEPT, ADDRESSES_TRIED = 2_000, 10_000
