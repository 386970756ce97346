//! Stories survive: a new start, a kill in the middle, a database that is none.

use dateline::reading::{self, ReadOptions};
use dateline::report::{Report, Source};
use dateline::store::Store;
use dateline::story::{self, Story};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

fn story(text: &str) -> Story {
    let report = Report::from_bytes(text.as_bytes(), None, &Source::default()).unwrap();
    story::merge(vec![reading::read(report, &ReadOptions::default())])
}

#[tokio::test]
async fn what_was_put_is_there_after_a_new_start() {
    let folder = tempfile::tempdir().unwrap();
    let kept = story("The ferry left Odesa for Varna on Monday with 40 passengers.");
    let store = Store::open(folder.path()).await.unwrap();
    assert!(store.put(&kept).await.unwrap());
    assert!(!store.put(&kept).await.unwrap());
    store.close().await;
    let store = Store::open(folder.path()).await.unwrap();
    assert_eq!(store.get(&kept.id).await.unwrap().unwrap().to_json(), kept.to_json());
    assert_eq!(store.get("none").await.unwrap(), None);
}

#[tokio::test]
async fn the_list_goes_on_where_its_cursor_says() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let mut ids = Vec::new();
    for place in ["Odesa", "Varna", "Batumi", "Trabzon", "Poti"] {
        let kept = story(&format!("The ferry left {place}."));
        store.put(&kept).await.unwrap();
        ids.insert(0, kept.id);
    }
    let mut found = Vec::new();
    let mut cursor = None;
    loop {
        let page = store.list(2, cursor).await.unwrap();
        found.extend(page.stories.into_iter().map(|summary| summary.id));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(found, ids);
}

#[tokio::test]
async fn a_file_that_is_no_database_is_said_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("dateline.sqlite");
    std::fs::write(&file, "my own notes, not a database at all, and long enough to look at").unwrap();
    let error = Store::open(folder.path()).await.unwrap_err();
    assert!(error.to_string().contains("--data"), "{error}");
    assert!(std::fs::read_to_string(&file).unwrap().starts_with("my own notes"));
}

/// A running server and where it listens.
fn serve(folder: &std::path::Path) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data", folder.to_str().unwrap()])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().split("http://").nth(1).expect(&line).trim_end_matches('/').to_owned();
    (child, address)
}

fn request(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn a_kill_at_any_moment_loses_no_story_that_was_answered() {
    let folder = tempfile::tempdir().unwrap();
    let mut ids = Vec::new();
    for round in 0..3 {
        let (mut child, address) = serve(folder.path());
        for number in 0..3 {
            let text = format!("The ferry left Odesa for Varna with {} passengers.", 10 + round * 3 + number);
            let answer = request(
                &address,
                &format!(
                    "POST /api/v1/stories HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n{text}",
                    text.len()
                ),
            );
            assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
            let location = answer.lines().find(|line| line.starts_with("location: ")).unwrap();
            ids.push(location.rsplit('/').next().unwrap().trim().to_owned());
        }
        // One more is under way, half sent, when the process dies.
        let mut half = TcpStream::connect(&address).unwrap();
        half.write_all(b"POST /api/v1/stories HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nThe fer")
            .unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let (mut child, address) = serve(folder.path());
    for id in &ids {
        let answer = request(
            &address,
            &format!("GET /api/v1/stories/{id} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
        );
        assert!(answer.starts_with("HTTP/1.1 200"), "{id}: {answer:.200}");
    }
    let list = request(&address, "GET /api/v1/stories HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    assert_eq!(list.matches("\"id\"").count(), ids.len(), "{list}");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[cfg(unix)]
#[test]
fn asked_to_stop_it_finishes_and_leaves_with_0() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, address) = serve(folder.path());
    assert!(
        request(&address, "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").contains("\"ok\"")
    );
    let killed = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    assert!(child.wait().unwrap().success());
}
