"""The layers of the design, checked from the syntax tree, imports inside functions included."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Top first. A module may import from lower rows only, and from its own package.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("__main__",),
    ("cli", "scale"),
    ("web",),
    ("api",),
    ("pipeline",),
    ("query",),
    ("read", "annotate", "resolve", "match", "link", "export", "store", "ledger"),
    ("graph",),
    ("model",),
    ("vocabulary", "territories"),
    ("spill", "terminal"),
    ("ids", "errors"),
)
RANK = {name: row for row, names in enumerate(LAYERS) for name in names}

# library -> modules that may import it
HOMES = {
    "spacy": ("kg.annotate",),
    "thinc": ("kg.annotate",),
    "networkx": ("kg.graph", "kg.export.graphml", "kg.export.gexf", "kg.export.networks"),
    "rdflib": ("kg.export.rdf", "kg.query"),
    "pyoxigraph": ("kg.export.rdf", "kg.query"),
    "oxrdflib": ("kg.export.rdf", "kg.query"),
    "sqlite3": ("kg.store",),
    "starlette": ("kg.web",),
    "uvicorn": ("kg.web",),
    "click": ("kg.cli",),
    "rich": ("kg.cli",),
}
STANDARD_ONLY = ("kg.model", "kg.vocabulary", "kg.ids", "kg.errors")


def _modules() -> dict[str, Path]:
    found = {}
    for path in sorted((ROOT / "kg").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = _modules()


def _imports(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert node.module is not None
            if node.module == "kg":
                found.update(f"kg.{alias.name}" for alias in node.names)
            else:
                found.add(node.module)
    return found


def _layer(module: str) -> str:
    return module.split(".")[1]


@pytest.mark.parametrize("module", [name for name in MODULES if name != "kg"])
def test_module_belongs_to_a_layer(module: str) -> None:
    assert _layer(module) in RANK, f"{module}: no layer names it"


@pytest.mark.parametrize("module", [name for name in MODULES if name != "kg"])
def test_module_imports_only_lower_layers(module: str) -> None:
    for imported in _imports(MODULES[module]):
        if imported == "kg" or not imported.startswith("kg.") or _layer(imported) not in RANK:
            continue
        if _layer(imported) != _layer(module):
            assert RANK[_layer(imported)] > RANK[_layer(module)], f"{module} imports {imported}"


@pytest.mark.parametrize("module", list(MODULES))
def test_library_is_imported_only_at_home(module: str) -> None:
    for imported in _imports(MODULES[module]):
        homes = HOMES.get(imported.split(".")[0])
        if homes is not None:
            inside = any(module == home or module.startswith(f"{home}.") for home in homes)
            assert inside, f"{module} imports {imported}; only {', '.join(homes)} may"


@pytest.mark.parametrize("module", STANDARD_ONLY)
def test_lowest_layers_import_the_standard_library_alone(module: str) -> None:
    for imported in _imports(MODULES[module]):
        top = imported.split(".")[0]
        assert top == "kg" or top in sys.stdlib_module_names, f"{module} imports {imported}"
