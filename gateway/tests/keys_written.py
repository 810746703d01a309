"""Which keys of texts the code writes: out and out, or with holes where a value goes ("files.name.*").

Templates and modules are read as syntax, so that a word in a comment or within a longer one is no use. What a template
goes through in a loop over values written there is written out for each of them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from jinja2 import Environment, nodes

HOLE = "*"
NO_TEXT = "url_for"
"""It takes names of pages, which look like keys of texts."""
Known = Mapping[str, object]
"""What a name of a template stands for in this turn of a loop."""


@dataclass(frozen=True)
class Written:
    """`whole` are all strings of the code; `patterns` those that are put together, with a hole for each value."""

    whole: frozenset[str]
    patterns: frozenset[str]


def written_in(*folders: Path) -> Written:
    found = {text for folder in folders for path in sorted(folder.rglob("*")) for text in _of_file(path)}
    return Written(frozenset(text for text in found if HOLE not in text),
                   frozenset(text for text in found if HOLE in text))


def _of_file(path: Path) -> Iterator[str]:
    if path.suffix == ".py":
        yield from _of_module(ast.parse(path.read_text()))
    elif path.suffix == ".html":
        yield from _of_template(Environment(autoescape=True).parse(path.read_text()), {})


def _of_module(node: ast.AST) -> Iterator[str]:
    children: Iterable[ast.AST] = ast.iter_child_nodes(node)
    match node:
        case ast.Call(func=ast.Name(id=name)) if name == NO_TEXT:
            return
        case ast.Constant(value=str(text)):
            yield text
            return
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else HOLE for part in parts)
            children = [part for part in parts if not isinstance(part, ast.Constant)]
    for child in children:
        yield from _of_module(child)


def _of_template(node: nodes.Node, known: Known) -> Iterator[str]:
    match node:
        case nodes.Call(node=nodes.Name(name=name)) if name == NO_TEXT:
            return
        case nodes.Const() | nodes.Concat():
            yield from _said(node, known)
            return
        case nodes.For(iter=over, target=target, body=body) if (values := _values(over, known)) is not None:
            for value in values:
                for child in body:
                    yield from _of_template(child, {**known, **_bound(target, value)})
            return
    for child in node.iter_child_nodes():
        yield from _of_template(child, known)


def _said(node: nodes.Node, known: Known) -> Iterator[str]:
    """Each string that it can be."""
    match node:
        case nodes.Const(value=str(text)):
            yield text
        case nodes.Concat(nodes=parts):
            yield from ("".join(found) for found in product(*([*_said(part, known)] for part in parts)))
        case nodes.CondExpr(expr1=one, expr2=other):
            yield from (text for part in (one, other) if part for text in _said(part, known))
        case nodes.Name(name=name) if isinstance(known.get(name), str):
            yield str(known[name])
        case _:
            yield HOLE


def _bound(target: nodes.Node, value: object) -> Known:
    if isinstance(target, nodes.Tuple) and isinstance(value, tuple):
        each = [_bound(item, part) for item, part in zip(target.items, value, strict=True)]
        return {name: one for bound in each for name, one in bound.items()}
    return {target.name: value} if isinstance(target, nodes.Name) else {}


def _values(over: nodes.Node, known: Known) -> tuple[object, ...] | None:
    """What a loop goes through, where that is written out."""
    if isinstance(over, nodes.Name):
        found = known.get(over.name)
        return found if isinstance(found, tuple) else None
    try:
        return tuple(over.as_const()) if isinstance(over, nodes.Tuple | nodes.List) else None
    except nodes.Impossible:
        return None
