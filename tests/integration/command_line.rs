//! The command line as its users call it: output, messages and exit codes.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A command under test, told as a sentence: `run(["read", "-"], "text").fails_with(4, "limit")`.
struct Ran {
    args: Vec<String>,
    output: Output,
}

fn run<const N: usize>(args: [&str; N], input: impl AsRef<[u8]>) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(args)
        .env_remove("DATELINE_TOKEN")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that refuses its input closes the pipe early: that is for it to explain.
    let _ = child.stdin.take().unwrap().write_all(input.as_ref());
    Ran { args: args.map(str::to_owned).to_vec(), output: child.wait_with_output().unwrap() }
}

impl Ran {
    fn told(&self) -> String {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        format!(
            "dateline {}\nstatus {:?}\n--- standard output\n{:.2000}\n--- standard error\n{}",
            self.args.join(" "),
            self.output.status.code(),
            text(&self.output.stdout),
            text(&self.output.stderr)
        )
    }

    fn works(self) -> String {
        assert!(self.output.status.success(), "{}", self.told());
        String::from_utf8(self.output.stdout).unwrap()
    }

    fn json(self) -> serde_json::Value {
        serde_json::from_str(&self.works()).unwrap()
    }

    /// It fails with this code and says these words, once, without a panic.
    fn fails_with(self, code: i32, words: &str) {
        let said = String::from_utf8_lossy(&self.output.stderr).into_owned();
        assert_eq!(self.output.status.code(), Some(code), "{}", self.told());
        assert!(said.contains(words), "expected {words:?}\n{}", self.told());
        assert!(!said.contains("panicked"), "{}", self.told());
    }
}

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/wonsan-vladivostok.md")
}

fn example_name() -> String {
    example().display().to_string()
}

#[test]
fn an_empty_text_gives_a_reading_with_nothing_in_it() {
    let reading = run(["read", "-"], "").json();
    assert_eq!(reading["format"], "dateline-reading/1");
    assert_eq!(reading["movements"], serde_json::json!([]));
    run(["read", "-", "--require-movement"], "").fails_with(5, "no movement");
}

#[test]
fn the_example_is_read_with_spans_that_hold_their_words() {
    let reading = run(["read", &example_name()], "").json();
    let text: Vec<char> = reading["report"]["text"].as_str().unwrap().chars().collect();
    let mut checked = 0;
    let mut check = |item: &serde_json::Value, words: &str| {
        let (start, end) = (item["start"].as_u64().unwrap() as usize, item["end"].as_u64().unwrap() as usize);
        assert_eq!(text[start..end].iter().collect::<String>(), words);
        checked += 1;
    };
    for mention in reading["mentions"].as_array().unwrap() {
        check(mention, mention["text"].as_str().unwrap());
    }
    for claim in reading["claims"].as_array().unwrap() {
        check(claim, claim["quote"].as_str().unwrap());
    }
    assert!(checked > 10, "only {checked} spans");
    assert!(!reading["movements"].as_array().unwrap().is_empty());
}

#[test]
fn the_same_input_gives_the_same_bytes_with_one_thread_and_with_two() {
    let name = example_name();
    let first = run(["read", &name, &name, "--threads", "1"], "").works();
    assert_eq!(first, run(["read", &name, &name, "--threads", "2"], "").works());
    let folder = tempfile::tempdir().unwrap();
    for ending in ["png", "svg", "pdf", "webp", "geojson"] {
        let paths: Vec<PathBuf> =
            ["a", "b"].iter().map(|n| folder.path().join(format!("{n}.{ending}"))).collect();
        for path in &paths {
            run(["map", &name, "-o", path.to_str().unwrap(), "--quiet"], "").works();
        }
        assert_eq!(std::fs::read(&paths[0]).unwrap(), std::fs::read(&paths[1]).unwrap(), "{ending}");
    }
}

#[test]
fn an_overlay_is_drawn_credited_and_refused_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let map = folder.path().join("map.svg");
    let map = map.to_str().unwrap();
    let story = example_name();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/overlays");
    let front = data.join("front.geojson").display().to_string();
    let far = data.join("track.gpx").display().to_string();
    let ran = run(["map", &story, "-o", map, "--overlay", &front, "--overlay", &far], "");
    let said = String::from_utf8_lossy(&ran.output.stderr).into_owned();
    ran.works();
    assert!(said.contains("overlay \"Yacht's log\" lies outside the frame"), "{said}");
    let svg = std::fs::read_to_string(map).unwrap();
    assert!(svg.contains("<g id=\"overlay-1\">") && svg.contains("Desk of maps, drawn for tests"));

    let bad = folder.path().join("utm.csv");
    std::fs::write(&bad, "lon,lat\n500123,5400321\n").unwrap();
    let bad = bad.to_str().unwrap();
    run(["map", &story, "-o", map, "--overlay", bad], "").fails_with(1, "looks projected: row 2");
    run(["map", &story, "-o", map, "--overlay", "none.kml"], "")
        .fails_with(1, "overlay: cannot open none.kml");
    let large = folder.path().join("large.csv");
    std::fs::write(&large, vec![b'\n'; (20 << 20) + 1]).unwrap();
    run(["map", &story, "-o", map, "--overlay", large.to_str().unwrap()], "").fails_with(4, "20 MiB");
    let nine: Vec<&str> = std::iter::repeat_n(["--overlay", bad], 9).flatten().collect();
    let args: [&str; 20] = ["map", &story].into_iter().chain(nine).collect::<Vec<_>>().try_into().unwrap();
    run(args, "").fails_with(4, "at most 8");
}

#[test]
fn a_megabyte_of_noise_is_read() {
    let noise: String = (0..200_000u32)
        .map(|i| char::from(b' ' + (i.wrapping_mul(2_654_435_761) >> 24) as u8 % 95))
        .collect();
    run(["read", "-", "--only", "mentions"], noise.repeat(5)).works();
}

#[test]
fn a_report_over_the_limit_leaves_with_code_4_and_nothing_is_cut() {
    run(["read", "-"], vec![b'a'; (1 << 20) + 1]).fails_with(4, "1048576");
}

#[test]
fn a_binary_file_is_refused_in_one_sentence() {
    let binary: Vec<u8> = (0..4096u32).map(|i| (i * 37 % 256) as u8).chain([0; 64]).collect();
    run(["read", "-"], binary).fails_with(1, "expected");
}

#[test]
fn a_wrong_encoding_is_read_with_a_remark() {
    let reading = run(["read", "-"], b"The ferry left C\xf3rdoba for M\xe1laga.").json();
    assert!(reading["report"]["text"].as_str().unwrap().contains("Córdoba"), "{}", reading["report"]["text"]);
    assert!(!reading["remarks"].as_array().unwrap().is_empty());
}

#[test]
fn html_is_read_without_its_scripts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.html");
    let body =
        "The ferry left Odesa for Varna on Monday with 40 passengers, the port authority said. ".repeat(8);
    let page = format!(
        "<html><head><title>Ferry</title><script>alert('Paris')</script></head><body><article><h1>Ferry</h1><p>{body}</p></article></body></html>"
    );
    std::fs::write(&path, page).unwrap();
    let reading = run(["read", path.to_str().unwrap()], "").json();
    let text = reading["report"]["text"].as_str().unwrap();
    assert!(text.contains("Varna") && !text.contains("alert"), "{text}");
}

#[test]
fn broken_front_matter_and_an_impossible_date_become_remarks() {
    let folder = tempfile::tempdir().unwrap();
    for (name, head) in [("a.md", "title: [unclosed"), ("b.md", "published: 2024-06-31")] {
        let path = folder.path().join(name);
        std::fs::write(&path, format!("---\n{head}\n---\n\nThe ferry left Odesa for Varna.\n")).unwrap();
        let reading = run(["read", path.to_str().unwrap()], "").json();
        assert!(!reading["remarks"].as_array().unwrap().is_empty(), "{head}");
        assert!(reading["report"]["text"].as_str().unwrap().contains("Varna"));
    }
    run(["read", "-", "--published", "2024-06-31"], "x").fails_with(2, "--published");
}

#[test]
fn an_unknown_place_and_a_file_that_is_not_there_are_said() {
    assert!(run(["place", "Xqzzyplugh"], "").works().contains("no place of this name"));
    run(["route", "Xqzzyplugh", "Busan"], "").fails_with(1, "Xqzzyplugh");
    run(["read", "/nowhere/at/all.txt"], "").fails_with(1, "/nowhere/at/all.txt");
    run(["read", "--home", "Xqzzyplugh", "-"], "").fails_with(1, "Xqzzyplugh");
}

#[test]
fn a_size_of_a_hundred_thousand_pixels_is_refused_before_anything_is_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.png");
    let out = path.to_str().unwrap();
    let ran = run(["map", &example_name(), "-o", out, "--size", "100000x100000"], "");
    assert!(matches!(ran.output.status.code(), Some(1 | 2 | 4)), "{}", ran.told());
    assert!(String::from_utf8_lossy(&ran.output.stderr).contains("8192"), "{}", ran.told());
    assert!(!path.exists());
}

#[test]
fn a_map_that_cannot_be_written_leaves_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("missing/map.png");
    run(["map", &example_name(), "-o", path.to_str().unwrap()], "").fails_with(1, "cannot write");
    run(["map", &example_name(), "-o", "map.bmp"], "").fails_with(2, ".png");
}

#[test]
fn a_folder_gets_every_form_and_each_is_verified() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    run(["map", &example_name(), "-o", &format!("{}/", out.display())], "").works();
    for name in ["map.png", "map.svg", "map.pdf"] {
        let file = out.join(name).display().to_string();
        assert!(run(["verify", &file], "").works().contains("unchanged"), "{name}");
    }
    assert!(out.join("map.geojson").exists());
    let svg = out.join("map.svg");
    let file = svg.display().to_string();
    let told = run(["verify", &file, "--format", "json"], "").json();
    assert_eq!((&told["verdict"], &told["format"]), (&"unchanged".into(), &"SVG".into()));
    assert!(told["says"]["claims"].as_array().is_some_and(|claims| !claims.is_empty()));
    let words = std::fs::read_to_string(&svg).unwrap();
    std::fs::write(&svg, words.replace("not yet checked", "checked")).unwrap();
    run(["verify", &file], "").fails_with(3, "was changed since it was drawn");
    let ran = run(["verify", &file, "--format", "json"], "");
    let told: serde_json::Value = serde_json::from_slice(&ran.output.stdout).unwrap();
    assert_eq!((&told["picture"], &told["words"]), (&"edited".into(), &"edited".into()));
    // from standard input too
    let png = std::fs::read(out.join("map.png")).unwrap();
    assert!(run(["verify", "-"], &png).works().contains("unchanged"));
    run(["verify", "-"], &png[..png.len() / 2]).fails_with(1, "cut short");
}

#[test]
fn what_cannot_be_verified_is_said_in_one_sentence() {
    run(["verify", "-"], "").fails_with(1, "the file is empty");
    run(["verify", "-"], "some text").fails_with(1, "no PNG, SVG, PDF or WebP");
    run(["verify", "-"], "<svg xmlns='http://www.w3.org/2000/svg'/>").fails_with(1, "carries no packet");
    run(["verify", "/nowhere/at/all.png"], "").fails_with(1, "/nowhere/at/all.png");
}

#[test]
fn text_of_an_svg_is_written_as_asked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.svg");
    let out = path.to_str().unwrap();
    for (font, mark) in [("live", "<text "), ("outline", "aria-label="), ("embed", "@font-face")] {
        run(["map", &example_name(), "-o", out, "--font", font], "").works();
        assert!(std::fs::read_to_string(&path).unwrap().contains(mark), "{font}");
    }
    run(["map", &example_name(), "-o", out, "--font", "comic"], "").fails_with(2, "live, outline or embed");
}

#[test]
fn a_map_names_places_in_the_language_asked_for_or_tells_which_it_knows() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.svg");
    let out = path.to_str().unwrap();
    for lang in ["xx", "zh-Hant"] {
        run(["map", &example_name(), "-o", out, "--lang", lang], "").fails_with(2, "ko, pl, pt, ru");
    }
    assert!(!path.exists());
    assert!(run(["map", "--help"], "").works().contains("ko, pl, pt, ru"));
    run(["map", &example_name(), "-o", out, "--lang", "ar"], "").works();
    let svg = std::fs::read_to_string(&path).unwrap();
    assert!(svg.contains(">فلاديفوستك<") && svg.contains("'Noto Sans Arabic'"));
    // the words beside the map stay as they are
    assert!(svg.contains("Wonsan region to Vladivostok"));
}

#[test]
fn json_lines_are_answered_in_order_and_a_bad_one_in_its_place() {
    let input = "{\"id\":\"one\",\"text\":\"The ship left Wonsan for Vladivostok.\"}\nnot json\n\n{\"id\":3,\"text\":\"\"}\n{\"id\":\"four\"}\n";
    let out = run(["read", "--jsonl", "--quiet"], input).works();
    let lines: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["id"], "one");
    assert_eq!(lines[1]["error"]["line"], 2);
    assert_eq!(lines[2]["id"], 3);
    assert_eq!((&lines[3]["id"], lines[3]["error"]["line"].as_u64()), (&"four".into(), Some(5)));
}

#[test]
fn a_reading_written_before_can_be_drawn_and_other_json_cannot() {
    let folder = tempfile::tempdir().unwrap();
    let (reading, map) = (folder.path().join("reading.json"), folder.path().join("map.svg"));
    std::fs::write(&reading, run(["read", &example_name()], "").works()).unwrap();
    run(["map", reading.to_str().unwrap(), "-o", map.to_str().unwrap()], "").works();
    assert!(
        std::fs::read_to_string(&map).unwrap().starts_with("<?xml")
            || std::fs::read_to_string(&map).unwrap().starts_with("<svg")
    );
    std::fs::write(&reading, "{\"format\":\"something\"}").unwrap();
    run(["map", reading.to_str().unwrap(), "-o", map.to_str().unwrap()], "").fails_with(1, "is no story");
}

#[test]
fn errors_can_be_had_as_json() {
    let ran = run(["read", "/nowhere.txt", "--json-errors"], "");
    let error: serde_json::Value = serde_json::from_slice(&ran.output.stderr).unwrap();
    assert_eq!(error["error"]["code"], 1);
}

#[test]
fn a_server_beyond_this_machine_needs_a_token_and_a_taken_port_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    run(["serve", "--listen", "0.0.0.0:0", "--data", data], "").fails_with(1, "token");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    run(["serve", "--listen", &address, "--data", data], "").fails_with(1, &address);
}

#[test]
fn a_data_folder_that_cannot_be_one_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "not a folder").unwrap();
    run(["serve", "--listen", "127.0.0.1:0", "--data", file.to_str().unwrap()], "").fails_with(1, "--data");
}

#[test]
fn helps_show_examples_and_licences_name_the_sources() {
    for command in ["read", "map", "place", "route", "serve", "verify"] {
        assert!(run([command, "--help"], "").works().contains("Examples:"), "{command}");
    }
    let licences = run(["licences"], "").works();
    for source in ["GeoNames", "Natural Earth", "Noto Sans", "en_core_web_sm"] {
        assert!(licences.contains(source), "{source}");
    }
}
