"""What may import what: services stand alone, domain code is pure, only the edges know nameko and HTTP."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
PACKAGES = {
    "eventkit": TOP / "services/kernel/eventkit",
    "feedkit": TOP / "services/kernel/feedkit",
    "servicekit": TOP / "services/kernel/servicekit",
    "auth": TOP / "services/auth/auth",
    "cases": TOP / "services/cases/cases",
    "payments": TOP / "services/payments/payments",
    "notifications": TOP / "services/notifications/notifications",
    "gateway": TOP / "gateway/gateway",
}
# The kernel's packages, and what of the kernel each may import besides itself.
KERNEL = {"eventkit": set(), "feedkit": {"eventkit"}, "servicekit": {"eventkit"}}
# Pure code: what decides, folds, posts and speaks. It gets the time, ids and secrets' verdicts from outside.
PURE = {
    "auth": ("domain",),
    "cases": ("domain", "masking.py", "contact_rules.py", "confidentiality.py"),
    "payments": ("domain", "rules", "ledger/postings.py", "ledger/debt_postings.py", "ledger/money_postings.py",
                 "ledger/disbursement_postings.py", "ledger/chart.py", "ledger/entries.py"),
    "notifications": ("domain",),
    "gateway": ("phone/engine.py", "phone/dialog.py", "phone/words.py", "phone/turns.py"),
}
# The kernel's own pure files that domain code may use.
PURE_KERNEL = {"eventkit.decider", "eventkit.events", "eventkit.secret", "eventkit.testing.spec"}
IMPURE = {"nameko", "kombu", "amqp", "sqlalchemy", "psycopg2", "flask", "eventlet", "requests", "urllib", "http",
          "smtplib", "socket", "subprocess", "threading", "os", "random", "secrets", "uuid", "time", "typer", "alembic"}
# Where the frameworks are allowed at all.
NAMEKO_FILES = {"eventkit/rpc_server.py"}


def files(package: str) -> Iterator[Path]:
    yield from sorted(PACKAGES[package].rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Every module a file imports, by full name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module)
    return found


def against_the_kernels_order(package: str, path: Path) -> set[str]:
    """What a file of one of the kernel's packages imports of the others, and may not."""
    closed = KERNEL.keys() - KERNEL[package] - {package}
    return {name for name in imports(path) if name.split(".")[0] in closed}


def pure_files() -> list[tuple[str, Path]]:
    found = []
    for package, places in PURE.items():
        for place in places:
            path = PACKAGES[package] / place
            found += [(package, file) for file in ([path] if path.suffix == ".py" else sorted(path.rglob("*.py")))
                      if file.exists()]
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_no_service_imports_another(package):
    others = PACKAGES.keys() - KERNEL.keys() - {package}
    for path in files(package):
        strangers = {name for name in imports(path) if name.split(".")[0] in others}
        assert not strangers, f"{path.relative_to(TOP)} imports {strangers}"


@pytest.mark.parametrize("package", KERNEL)
def test_the_kernel_knows_no_word_of_the_domain(package):
    words = ("participant", "disbursement", "collection_", "payor", "custodial")
    for path in files(package):
        text = path.read_text().lower()
        assert not [word for word in words if word in text], path.relative_to(TOP)


@pytest.mark.parametrize("package", KERNEL)
def test_the_kernels_packages_import_each_other_one_way(package):
    for path in files(package):
        strangers = against_the_kernels_order(package, path)
        assert not strangers, f"{path.relative_to(TOP)} imports {strangers}"


@pytest.mark.parametrize(("package", "path"), pure_files(), ids=lambda value: getattr(value, "name", value))
def test_domain_code_is_pure(package, path):
    for name in imports(path):
        first = name.split(".")[0]
        assert first not in IMPURE, f"{path.relative_to(TOP)} imports {name}"
        assert first not in KERNEL or name in PURE_KERNEL, f"{path.relative_to(TOP)} imports {name}"


@pytest.mark.parametrize(("package", "path"), pure_files(), ids=lambda value: getattr(value, "name", value))
def test_domain_code_asks_no_clock(package, path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in {"now", "utcnow", "today"}, f"{path.relative_to(TOP)}:{node.lineno}"


def test_there_is_pure_code_in_every_service():
    assert {package for package, _ in pure_files()} == set(PURE)


def test_the_law_knows_no_account_and_no_receipt():
    """A rule can be read, and changed, without knowing how the ledger keeps its books."""
    for path in sorted((PACKAGES["payments"] / "rules").glob("*.py")):
        strangers = {name for name in imports(path) if name.startswith("payments.")
                     and not name.startswith(("payments.rules", "payments.domain.words"))}
        assert not strangers, f"{path.name} imports {strangers}"


def test_nameko_stays_in_the_files_the_design_names():
    for package in PACKAGES:
        for path in files(package):
            uses = {name.split(".")[0] for name in imports(path)} & {"nameko"}
            short = str(path.relative_to(PACKAGES[package].parent))
            assert not uses or short in NAMEKO_FILES, f"{short} imports nameko"


def test_nobody_uses_another_services_settings_for_its_database():
    """One engine per process, from DATABASE_URL; the owner's URL is for migrations and rebuilds only."""
    for package in PACKAGES:
        for path in files(package):
            short = path.name
            if "DATABASE_OWNER_URL" in path.read_text():
                assert short in {"service.py", "cli.py", "settings.py", "rebuild.py", "__main__.py", "commands.py",
                                 "migrations.py", "definition.py", "roles.py"}, path.relative_to(TOP)


def test_the_rules_can_fail(tmp_path):
    wrong = tmp_path / "wrong.py"
    wrong.write_text("from payments.domain import receipt\nimport nameko.rpc\n")
    assert imports(wrong) == {"payments.domain", "nameko.rpc"}
    wrong.write_text("def late():\n    from servicekit.logs import scrub\n    import eventkit.store\n")
    assert against_the_kernels_order("eventkit", wrong) == {"servicekit.logs"}
    assert against_the_kernels_order("feedkit", wrong) == {"servicekit.logs"}
    assert against_the_kernels_order("servicekit", wrong) == set()
