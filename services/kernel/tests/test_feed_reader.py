"""Whatever a file holds, each of its lines is either a record or a bad line with its number and reason."""

import csv
import io
import json
import tracemalloc
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedkit.columns import Column, digits, list_of, money, text
from feedkit.reader import BadLine, Feed, FeedError, Line

COLUMNS = [Column("id", digits(1, 9)), Column("amount", money), Column("note", text(), required=False)]
HEADER = b"id,amount,note\n"


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """The lines of a file with these bytes."""
    folder = tmp_path_factory.mktemp("feed")

    def lines_of(content, name="feed.csv", columns=COLUMNS):
        path = folder / name
        path.write_bytes(content)
        return list(Feed(path, columns))

    return lines_of


def values(found):
    return [tuple(line.values.values()) for line in found if isinstance(line, Line)]


def problems(found):
    return {line.number: line.reason for line in found if isinstance(line, BadLine)}


class TestACsv:
    def test_gives_its_records_with_their_line_numbers(self, read):
        found = read(HEADER + b'1,2.50,hello\n\n2,3.00,"a, ""b"""\n')
        assert values(found) == [("1", 250, "hello"), ("2", 300, 'a, "b"')]
        assert [line.number for line in found] == [2, 4]

    @pytest.mark.parametrize("content", [
        b"\xef\xbb\xbfid,amount,note\r\n1,2.50,x\r\n", b" ID , Amount,NOTE\n 1 , 2.50 , x \n",
        b'"id","amount","note"\n"1","2.50","x"\n', b"note,id,extra,amount\nx,1,ignored,2.50\n"])
    def test_may_come_in_many_shapes(self, read, content):
        assert values(read(content)) == [("1", 250, "x")]

    def test_may_lack_a_column_that_may_be_empty(self, read):
        assert values(read(b"id,amount\n1,2.50\n")) == [("1", 250, None)]

    @pytest.mark.parametrize(("content", "said"), [
        (b"", "is empty"), (b"\n \n", "is empty"), (b"id,note\n1,2\n", "lacks the column amount"),
        (b"1,2.50,x\n", "lacks the columns id, amount"), (b"id,amount,id\n1,2,3\n", "has the column id twice"),
        ("id,amount\n1,2\n".encode("utf-16"), "UTF-8"), (b'"id,amount\n', "not CSV"), (b"\xff\xfe\n", "UTF-8")])
    def test_without_a_usable_header_is_refused_as_a_whole(self, read, content, said):
        with pytest.raises(FeedError, match=said):
            read(content)

    @pytest.mark.parametrize(("line", "said"), [
        (b"1,2.50", "has 2 fields, not 3"), (b"1,2.50,a,b", "has 4 fields, not 3"),
        (b'1,2.50,"a', "quote that is not closed"),
        (b'1,2.50,"a"b', "is not CSV"), (b"1,2.50,a\0b", "NUL"), (b"1,2.50,\xe9", "UTF-8"),
        (b"x,2.50,a", "right length"), (b"1,2.5000,a", "decimals"), (b",2.50,a", "is empty"),
        (b"1,2.50," + b"a" * 1_000_001, "longer than a megabyte"),
        (b"1,2\r50,a", "is not CSV")], ids=lambda part: repr(part[:20]))
    def test_with_one_bad_line_loses_only_that_line(self, read, line, said):
        found = read(HEADER + b'1,1.00,a\n' + line + b'\n' + (b'end"\n' if said.startswith("quote") else b"\n")
                     + b"3,3.00,c\n")
        assert values(found) == [("1", 100, "a"), ("3", 300, "c")]
        assert said in problems(found)[3]

    def test_names_the_column_of_a_bad_value(self, read):
        [bad] = read(HEADER + b"1,-5,a\n")
        assert (bad.number, bad.column, bad.reason) == (2, "amount", "is negative")

    def test_cut_off_in_its_last_line_does_not_give_a_shorter_amount(self, read):
        found = problems(read(b"id,amount\n1,123.45\n2,123.4"))
        assert found == {3: "is the last and has no line end: the file may be cut off"}

    def test_that_is_not_there_or_a_folder_is_refused(self, tmp_path):
        for path in (tmp_path / "none.csv", tmp_path):
            with pytest.raises(FeedError, match="cannot be read"):
                list(Feed(path, COLUMNS))

    def test_tells_which_columns_it_did_not_use_or_find(self, tmp_path):
        path = tmp_path / "feed.csv"
        path.write_bytes(b"id,amount,colour\x1b[2J,,\n")
        feed = Feed(path, COLUMNS)
        list(feed)
        assert feed.notices == ("taken as empty: the column note", "not used: the column colour[2j")


class TestAQuotedField:
    def test_cannot_bring_in_a_record_of_its_own(self, read):
        found = read(b'id,amount,note\n1,2.00,"hello\n9,9999.00,x\nend"\n3,3.00,c\n')
        assert values(found) == [("3", 300, "c")]
        assert sorted(problems(found)) == [2, 3, 4]

    @given(st.lists(st.tuples(st.integers(1, 99), st.text('ab,"\n\r', max_size=12)), max_size=8))
    def test_of_any_content_never_becomes_another_record(self, read, rows):
        written = io.StringIO(newline="")
        writer = csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerow(["id", "amount", "note"])
        writer.writerows([(number, number, note) for number, note in rows])
        sent = [(str(number), number * 100, note.strip() or None) for number, note in rows]
        whole = [row for row, (_, note) in zip(sent, rows, strict=True)
                 if "\n" not in note and "\r" not in note.strip()]
        assert values(read(written.getvalue().encode())) == whole


class TestAnNdjson:
    def read_one(self, read, record, columns=COLUMNS):
        content = record if isinstance(record, bytes) else json.dumps(record).encode() + b"\n"
        [found] = read(content, "feed.NDJSON", columns)
        return found

    def test_gives_the_same_values_as_a_csv(self, read):
        found = self.read_one(read, {"id": 12, "amount": 2.5, "note": None})
        assert found.values == {"id": "12", "amount": 250, "note": None}
        ids = [Column("ids", list_of(digits(1, 9)))]
        assert self.read_one(read, {"ids": ["1", 2]}, ids).values == {"ids": ("1", "2")}

    def test_needs_no_line_end_after_a_whole_object(self, read):
        assert self.read_one(read, b'{"id":"1","amount":"2.50"}').values["amount"] == 250

    def test_does_not_round_an_amount(self, read):
        assert self.read_one(read, b'{"id":1,"amount":100.000000000000001}').reason == "has more than two decimals"

    @pytest.mark.parametrize(("record", "said"), [
        (b"{", "is not JSON"), (b"[" * 100_000, "is not JSON"), (b"[]", "not a JSON object"),
        (b'"x"', "not a JSON object"), (b"{}", "is empty"),
        (b'{"id":1,"id":2}', "a key twice"), (b'{"id":NaN}', "NaN"), (b'{"id":{"a":1}}', "not a single value"),
        (b'{"id":[["1"]]}', "not a single value"), (b'{"id":' + b"9" * 5000 + b"}", "right length"),
        (b'{"id":1,"amount":1,"note":"\\ud800"}', "control"),
        (b'{"id":1,"amount":1,"note":"\\u0000"}', "control")], ids=lambda part: repr(part[:20]))
    def test_with_a_bad_line_says_why(self, read, record, said):
        assert said in self.read_one(read, record).reason


def made_of(*parts):
    return st.lists(st.sampled_from(parts), max_size=40).map(b"".join)


BYTES = st.one_of(st.binary(max_size=200),
                  made_of(b"id", b"amount", b"1", b"2.50", b",", b'"', b"\n", b"\r", b"\0", b"\xff", b" "),
                  made_of(b"{", b"}", b'"id"', b'"amount"', b":", b"1", b",", b"[", b"]", b"\n", b"NaN"))


@given(BYTES, st.sampled_from(["feed.csv", "feed.ndjson"]))
def test_every_line_of_any_bytes_is_a_record_or_a_bad_line(read, content, name):
    content = HEADER + content if name.endswith("csv") else content
    lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    expected = [number for number, line in enumerate(lines, start=1) if line.strip()]
    found = read(content, name)
    assert [line.number for line in found] == (expected[1:] if name.endswith("csv") else expected)


def test_a_large_file_and_an_endless_line_are_read_in_little_memory(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.write(HEADER)
        file.write(b"1,2.50,hello\n" * 20_000)
        for _ in range(20):
            file.write(b"x" * 1_000_000)
        file.write(b"\n2,2.50,after\n")
    tracemalloc.start()
    good = sum(isinstance(found, Line) for found in Feed(path, COLUMNS))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert good == 20_001
    assert peak < 6_000_000


@dataclass(frozen=True)
class NewColumn(Column):
    """One that older files do not have."""

    required: bool = False
    taken_as = "left as on file"

    def absent(self):
        return "as it was"


class TestAColumnThatOlderFilesDoNotHave:
    COLUMNS = (Column("id", digits(1, 9)), NewColumn("phone", text()), Column("note", text(), required=False))

    @pytest.mark.parametrize("content, name, found", [
        (b"id\n1\n", "old.csv", "as it was"), (b"id,phone\n1,\n", "new.csv", None),
        (b"id,phone\n1,2\n", "new.csv", "2"),
        (b'{"id": "1"}\n', "old.ndjson", "as it was"), (b'{"id": "1", "phone": null}\n', "new.ndjson", None)])
    def test_empty_is_not_the_same_as_not_there(self, read, content, name, found):
        assert values(read(content, name, self.COLUMNS)) == [("1", found, None)]

    def test_what_becomes_of_it_is_told(self, tmp_path):
        path = tmp_path / "old.csv"
        path.write_bytes(b"id\n1\n")
        feed = Feed(path, self.COLUMNS)
        list(feed)
        assert feed.notices == ("left as on file: the column phone", "taken as empty: the column note")
