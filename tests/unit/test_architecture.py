"""The shape of the code: imports go one way, functions and files stay small, the command line starts fast."""

import ast
import os
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "dyadflow"
LAYERS = (
    ("cli",),
    ("flows",),
    ("pipeline",),
    ("load", "intake", "executors", "report", "doctor", "lexicon_check", "dictionary_check", "dictionary_stats", "candidates", "codebook", "explain", "show", "evaluate",
     "evaluate_articles", "gold_articles"),
    ("legacy",),
    ("validate", "expectations", "gx_dialect", "batch", "query", "decide", "ingest", "coding", "events", "store", "sources", "fetch", "network", "text"),
    ("replay", "evidence"),
    ("coder",),
    ("schema", "errors", "ids", "settings", "versions", "resources", "unpack"),
)
RANK = {name: number for number, names in enumerate(LAYERS) for name in names}
FILES = sorted([*SOURCE.rglob("*.py"), *(ROOT / "flows").glob("*.py"), *(ROOT / "expectations").glob("*.py")])


def part(path: Path) -> str:
    """The layer's name a file belongs to."""
    relative = path.relative_to(SOURCE) if path.is_relative_to(SOURCE) else path.relative_to(ROOT)
    return relative.parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("dyadflow."):
            found.add(node.module.split(".")[1])
        elif isinstance(node, ast.ImportFrom) and node.module == "dyadflow":
            found |= {alias.name for alias in node.names if alias.name in RANK}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path):
    here = part(path)
    if here == "__init__":
        return
    assert here in RANK, f"{here} has no layer: add it to LAYERS"
    wrong = {name for name in imported(path) if name in RANK and RANK[name] < RANK[here]}
    assert not wrong, f"{path.relative_to(ROOT)} imports {wrong}, which lies above it"


def test_no_prefect_in_the_library():
    assert not [path for path in SOURCE.rglob("*.py") if "import prefect" in path.read_text() or "from prefect" in path.read_text()]


def functions():
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield path, node


def code_lines(node: ast.FunctionDef) -> int:
    """Lines of a function without its docstring."""
    doc = node.body[0] if isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant) else None
    return node.end_lineno - node.lineno + 1 - ((doc.end_lineno - doc.lineno + 1) if doc else 0)


def branches(node: ast.FunctionDef) -> int:
    return sum(isinstance(inner, ast.If | ast.For | ast.While | ast.Try | ast.IfExp | ast.comprehension | ast.BoolOp) for inner in ast.walk(node))


def test_size_budget():
    sizes = [code_lines(node) for _, node in functions()]
    limbs = [branches(node) for _, node in functions()]
    assert statistics.median(sizes) <= 9
    assert statistics.quantiles(sizes, n=10)[-1] <= 25
    assert statistics.quantiles(limbs, n=10)[-1] <= 10
    long = [f"{path.name}:{node.name}" for path, node in functions() if code_lines(node) > 45]
    assert not long, long
    assert not [path for path in FILES if len(path.read_text().splitlines()) > 400]


def test_public_functions_are_documented():
    missing = [f"{path.name}:{node.name}" for path, node in functions() if not node.name.startswith("_") and not ast.get_docstring(node) and not nested(path, node)]
    assert not missing, missing


def nested(path: Path, node: ast.FunctionDef) -> bool:
    """Whether a function stands inside another function."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inner = {(f.name, f.lineno) for outer in ast.walk(tree) if isinstance(outer, ast.FunctionDef) for f in ast.walk(outer) if isinstance(f, ast.FunctionDef) and f is not outer}
    return (node.name, node.lineno) in inner


def test_command_line_loads_nothing_heavy():
    program = "import sys, dyadflow.cli; from dyadflow.cli import look, quality, run; print([m for m in ('prefect', 'great_expectations', 'polars', 'spacy') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_help_answers_at_once():
    """Half a second of processor time, so that a busy machine changes nothing."""
    command = [str(Path(sys.executable).with_name("dyadflow")), "--help"]
    times = []
    for _ in range(3):
        before = os.times()
        subprocess.run(command, capture_output=True, check=True)
        after = os.times()
        times.append(after.children_user + after.children_system - before.children_user - before.children_system)
    assert min(times) < 0.5


def test_the_project_speaks_of_the_project_alone():
    words = ("/wo" + "rk/", "sub" + "agent", "this ses" + "sion")
    tracked = subprocess.run(["git", "ls-files", "*.py", "*.md", "*.toml", "*.sql", "Makefile", ":!docs/codebook"], cwd=ROOT, capture_output=True, text=True)
    files = [ROOT / name for name in tracked.stdout.split()] or FILES
    assert not [f"{path}: {word}" for path in files if path.exists() for word in words if word in path.read_text(encoding="utf-8")]
