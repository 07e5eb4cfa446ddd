"""Imports go one way, and some libraries stay out."""

import ast
import re
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path

A_CLASS = re.compile(r"class ([A-Z]\w*)\b")
ROOT = Path(__file__).resolve().parent.parent
LAYERS = [
    "iscg_portal",
    "members",
    "subjects",
    "studies",
    "meetings",
    "changes",
    "reports",
    "workspace",
    "secretariat",
    "front",
]
MODULES = [path for layer in LAYERS for path in (ROOT / layer).rglob("*.py")]


def imported_packages(path):
    """The first word of every import of the module, those inside functions included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module.partition(".")[0] if not node.level else path.relative_to(ROOT).parts[0]


def importers(forbidden):
    """{module: what it imports} of each module that imports what `forbidden(layer)` says it may not."""
    found = {}
    for path in MODULES:
        where = path.relative_to(ROOT)
        imported = set(imported_packages(path)) & set(forbidden(where.parts[0]))
        if imported:
            found[where.as_posix()] = imported
    return found


def test_imports_go_down_the_layers_only():
    assert importers(lambda layer: LAYERS[LAYERS.index(layer) + 1 :]) == {}


def test_code_of_the_portal_does_not_import_its_tests_or_tools():
    assert importers(lambda _layer: ["tests", "tools", "bench", "torture"]) == {}


def test_the_ground_floor_names_no_app_above_it():
    """What an app adds to the registries of the ground floor, it registers itself (`AppConfig.ready`)."""
    named = re.compile(rf"({'|'.join(LAYERS[1:])})([.:_]\w.*)?")
    assembling = {"settings.py", "urls.py"}  # the two files that put the portal together
    found = [
        f"{path.relative_to(ROOT)}: {text}"
        for path in (ROOT / "iscg_portal").rglob("*.py")
        if path.name not in assembling and path.parent.name != "migrations"
        for text in texts_of(path)
        if named.fullmatch(text) and text != "changes"  # the word, which previews of imports use
    ]
    assert found == []


def texts_of(path):
    """Every text in the code of a module, its docstrings among them."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def test_one_module_reads_the_environment():
    readers = [
        path.relative_to(ROOT).as_posix()
        for path in MODULES
        if path.name != "wsgi.py"  # names the settings module before there are settings
        and ({"environ"} & set(imported_packages(path)) or "os.environ" in path.read_text(encoding="utf-8"))
    ]
    assert readers == ["iscg_portal/environment.py"]


def test_psycopg_3_is_absent_since_django_would_prefer_it():
    assert find_spec("psycopg") is None


def test_a_class_of_the_apps_has_one_meaning():
    """Its name has the word of its field. A form of one page (`AcceptForm`) may be called like that of another."""
    rooms = defaultdict(set)
    for path in MODULES:
        for line in path.read_text(encoding="utf-8").splitlines() if "migrations" not in path.parts else ():
            if named := A_CLASS.match(line):
                rooms[named[1]].add(path)
    several = {name for name, paths in rooms.items() if len(paths) > 1 and not name.endswith(("Form", "Config"))}
    assert several - {"Command"} == set()
