"""Two years told again: slice by slice, each with what is there, in the order things happen at an agency."""

from __future__ import annotations

from datetime import date

from workbench.history import BEFORE, slices, statements

OLDER, NEWEST = "2025-11-01_2026-01-31", "2026-02-01_2026-02-20"


def folder_with(tmp_path, **kinds):
    for name, found in zip((OLDER, NEWEST), (kinds.get("older", ()), kinds.get("newest", ())), strict=True):
        (tmp_path / name).mkdir()
        for kind in found:
            (tmp_path / name / f"{kind}.csv").write_text("")


def words(part, until=date(2026, 2, 20)):
    return [" ".join(command[:3]) for command in part.commands(until)]


def test_a_slice_takes_in_its_files_and_then_sends_what_is_payable(tmp_path):
    folder_with(tmp_path, older=("collections", "reversals", "holds", "returned"))
    older, newest = slices(tmp_path)
    assert words(older)[:2] == ["payments import holds", "payments release holds"]
    assert words(older)[2:4] == ["payments import collections", "payments import reversals"]
    told = older.folder / "instructions.csv"
    assert words(older)[4:] == ["payments run interest", "payments run payouts", f"demo send {told}",
                                "payments import disbursements", "payments import reversals"]
    assert ("payments", "run", "interest", "--through", "2026-01") in older.commands(date(2026, 2, 20))
    assert words(newest)[:2] == ["payments release holds", "payments run interest"], "what has no file is left out"


def test_only_the_newest_slice_tells_of_days_to_come(tmp_path):
    folder_with(tmp_path)
    older, newest = (next(c for c in part.commands(date(2026, 2, 20)) if c[2] == "payouts")
                     for part in slices(tmp_path))
    assert older[-4:] == ("--since", "2025-11-01", "--through", "2026-01-31")
    assert newest[-4:] == ("--since", "2026-02-01", "--through", "2026-02-27")


def test_statements_are_of_the_last_months_that_are_over():
    assert [command[3:] for command in statements(date(2026, 2, 20))] == [
        ("--month", "2025-12"), ("--month", "2026-01")]
    assert statements(date(2026, 3, 31))[-1] == ("payments", "run", "statements", "--month", "2026-02")


def test_other_folders_are_no_slices(tmp_path):
    folder_with(tmp_path)
    (tmp_path / "letters").mkdir()
    assert [part.name for part in slices(tmp_path)] == ["2025-11 to 2026-01", "2026-02 to 2026-02"]


def test_what_a_file_refers_to_is_taken_in_before_it():
    kinds = [kind for of, kind in BEFORE if of == "cases"]
    assert kinds[:2] == ["participants", "cases"]
    assert set(kinds[2:]) == {"court-orders", "hearings", "appointments"}
