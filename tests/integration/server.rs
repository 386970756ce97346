//! The HTTP surface, called through the router as a client would.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use dateline::server::{App, Limits, Settings, router};
use dateline::store::Store;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use std::path::Path;
use tower::ServiceExt;

/// A server over a folder of its own.
struct Server {
    router: Router,
    _folder: tempfile::TempDir,
}

impl Server {
    async fn new() -> Self {
        Self::with(Settings::default()).await
    }

    async fn with(settings: Settings) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).await.unwrap();
        Server { router: router(App::new(store, settings).unwrap()), _folder: folder }
    }

    async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.unwrap()
    }

    async fn get(&self, path: &str) -> Response<Body> {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, kind: &str, body: impl Into<Body>) -> Response<Body> {
        let request = Request::post("/api/v1/stories").header(header::CONTENT_TYPE, kind);
        self.send(request.body(body.into()).unwrap()).await
    }

    /// The example, read and kept; its id.
    async fn example(&self) -> String {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/wonsan-vladivostok.md");
        let response = self.post("text/markdown", std::fs::read_to_string(path).unwrap()).await;
        assert_eq!(response.status(), StatusCode::CREATED);
        json_of(response).await["id"].as_str().unwrap().to_owned()
    }
}

async fn bytes_of(response: Response<Body>) -> Vec<u8> {
    response.into_body().collect().await.unwrap().to_bytes().to_vec()
}

async fn json_of(response: Response<Body>) -> Value {
    serde_json::from_slice(&bytes_of(response).await).unwrap()
}

/// The problem of an answer: its status, its type, and that it says what to do.
async fn problem(response: Response<Body>, status: u16, kind: &str) -> Value {
    assert_eq!(response.status().as_u16(), status);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
    let problem = json_of(response).await;
    assert_eq!(problem["type"], format!("/problems/{kind}"), "{problem}");
    assert_eq!(problem["status"], status);
    assert!(problem["detail"].as_str().is_some_and(|detail| detail.len() > 10), "{problem}");
    problem
}

fn header_of<'r>(response: &'r Response<Body>, name: &str) -> &'r str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn a_report_becomes_a_story_with_all_its_forms() {
    let server = Server::new().await;
    let id = server.example().await;
    let story = json_of(server.get(&format!("/api/v1/stories/{id}")).await).await;
    assert_eq!(story["format"], "dateline-story/1");
    assert_eq!(story["reports"][0]["id"], "a");
    let features = server.get(&format!("/stories/{id}.geojson")).await;
    assert_eq!(header_of(&features, "content-type"), "application/geo+json");
    assert_eq!(json_of(features).await["type"], "FeatureCollection");
    let by_query = json_of(server.get(&format!("/api/v1/stories/{id}?f=geojson")).await).await;
    assert_eq!(by_query["type"], "FeatureCollection");
    let png = server.get(&format!("/api/v1/stories/{id}/image.png?size=400x300")).await;
    assert_eq!(header_of(&png, "content-type"), "image/png");
    let picture = image::load_from_memory(&bytes_of(png).await).unwrap();
    assert_eq!((picture.width(), picture.height()), (400, 300));
    let svg = server.get(&format!("/api/v1/stories/{id}/image.svg")).await;
    assert_eq!(header_of(&svg, "content-type"), "image/svg+xml");
    let pdf = server.get(&format!("/api/v1/stories/{id}/image.pdf?preset=print2")).await;
    assert_eq!(header_of(&pdf, "content-type"), "application/pdf");
    assert!(bytes_of(pdf).await.starts_with(b"%PDF-1.7"));
    let webp = server.get(&format!("/api/v1/stories/{id}/image.webp?size=400x300")).await;
    assert_eq!(header_of(&webp, "content-type"), "image/webp");
    let verdict = dateline::map::verify::verify(&bytes_of(webp).await).unwrap();
    assert_eq!((verdict.is_unchanged(), verdict.record.value("dateline:size")), (true, "400x300"));
    // a map for paper: the order of a query's words does not matter
    let query = "dpi=240&height-mm=60&preset=article&theme=print&width-mm=96";
    let paper = server.get(&format!("/api/v1/stories/{id}/image.png?{query}")).await;
    let picture = image::load_from_memory(&bytes_of(paper).await).unwrap();
    assert_eq!((picture.width() / 10, picture.height() / 10), (90, 56), "96 × 60 mm at 240 dots an inch");
    let list = json_of(server.get("/api/v1/stories").await).await;
    assert_eq!(list["stories"][0]["id"], id.as_str());
}

#[tokio::test]
async fn several_reports_make_one_story_and_the_same_ones_the_same_story() {
    let server = Server::new().await;
    let body = json!({ "reports": [
        { "text": "The ferry left Odesa for Varna on Monday.", "title": "Ferry", "published": "2031-05-06" },
        { "text": "A ferry sailed from Odesa to Varna, officials said.", "publisher": "Example" },
    ]})
    .to_string();
    let first = server.post("application/json", body.clone()).await;
    assert_eq!(first.status(), StatusCode::CREATED);
    let location = header_of(&first, "location").to_owned();
    let story = json_of(first).await;
    assert_eq!(story["reports"].as_array().unwrap().len(), 2);
    assert!(location.ends_with(story["id"].as_str().unwrap()));
    let again = server.post("application/json", body).await;
    assert_eq!(again.status(), StatusCode::OK);
    assert_eq!(json_of(again).await, story);
}

#[tokio::test]
async fn a_client_that_has_the_answer_is_told_so() {
    let server = Server::new().await;
    let id = server.example().await;
    for path in [
        format!("/api/v1/stories/{id}"),
        format!("/stories/{id}.geojson"),
        format!("/api/v1/stories/{id}/image.svg"),
        "/tiles/base/0/0/0.png".to_owned(),
    ] {
        let first = server.get(&path).await;
        assert_eq!(header_of(&first, "access-control-allow-origin"), "*", "{path}");
        let tag = header_of(&first, "etag").to_owned();
        assert!(tag.starts_with('"'), "{path}: {tag}");
        let request =
            Request::get(&path).header(header::IF_NONE_MATCH, tag).header(header::ORIGIN, "http://a.example");
        let second = server.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(second.status(), StatusCode::NOT_MODIFIED, "{path}");
        assert!(bytes_of(second).await.is_empty());
    }
}

#[tokio::test]
async fn tiles_have_their_size_and_their_tilejson() {
    let server = Server::new().await;
    let id = server.example().await;
    let size = async |path: &str| {
        let picture = image::load_from_memory(&bytes_of(server.get(path).await).await).unwrap();
        (picture.width(), picture.height())
    };
    assert_eq!(size("/tiles/base/2/3/1.png").await, (256, 256));
    assert_eq!(size("/tiles/base/2/3/1@2x.png").await, (512, 512));
    assert_eq!(size(&format!("/tiles/{id}/3/6/2.png")).await, (256, 256));
    let tilejson = json_of(server.get("/tiles/base.json").await).await;
    assert_eq!(tilejson["tilejson"], "3.0.0");
    assert!(tilejson["tiles"][0].as_str().unwrap().contains("/tiles/base/{z}/{x}/{y}"));
    problem(server.get("/tiles/base/40/0/0.png").await, 400, "invalid-parameter").await;
    problem(server.get("/tiles/base/2/4/0.png").await, 400, "invalid-parameter").await;
    problem(server.get("/tiles/base/a/b/c.png").await, 400, "invalid-parameter").await;
    problem(server.get("/tiles/none/1/0/0.png").await, 404, "not-found").await;
}

#[tokio::test]
async fn names_are_looked_up() {
    let server = Server::new().await;
    let found = json_of(server.get("/api/v1/gazetteer?q=Wonsan&limit=3").await).await;
    assert_eq!(found["entries"][0]["country"], "KP");
    problem(server.get("/api/v1/gazetteer").await, 400, "invalid-parameter").await;
    problem(server.get("/api/v1/gazetteer?q=Rome&near=500,0").await, 400, "invalid-parameter").await;
    problem(server.get("/api/v1/gazetteer?q=Rome&limit=0").await, 400, "invalid-parameter").await;
    let unknown = json_of(server.get("/api/v1/gazetteer?q=Xqzzyplugh").await).await;
    assert_eq!(unknown["entries"], json!([]));
}

#[tokio::test]
async fn bad_requests_are_told_what_is_wrong() {
    let server = Server::new().await;
    let id = server.example().await;
    problem(server.get("/nowhere").await, 404, "not-found").await;
    problem(server.get("/api/v1/stories/none").await, 404, "not-found").await;
    problem(server.get("/stories/none").await, 404, "not-found").await;
    let asked = Request::get("/stories/none").header(header::ACCEPT, "text/html,*/*;q=0.8");
    let page = server.send(asked.body(Body::empty()).unwrap()).await;
    assert_eq!(page.status(), 404, "a person gets the page, which says so");
    assert!(page.headers()[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/html"));
    problem(server.get(&format!("/stories/{id}.docx")).await, 404, "not-found").await;
    problem(server.get("/api/v1/stories?limit=1000").await, 400, "invalid-parameter").await;
    problem(server.get("/api/v1/stories?limit=many").await, 400, "invalid-parameter").await;
    let image = |query: &str| format!("/api/v1/stories/{id}/image.png?{query}");
    problem(server.get(&image("width=100000")).await, 400, "invalid-parameter").await;
    problem(server.get(&image("theme=plaid")).await, 400, "invalid-parameter").await;
    let told = problem(server.get(&image("width-mm=20")).await, 400, "invalid-parameter").await;
    assert!(told.to_string().contains("millimetres from 34 to 600"), "{told}");
    problem(server.get(&image("lang=xx")).await, 400, "invalid-parameter").await;
    problem(server.get(&image("colour=red")).await, 400, "invalid-parameter").await;
    problem(server.get(&image("font=comic")).await, 400, "invalid-parameter").await;
    let told = problem(server.get(&format!("/api/v1/stories/{id}/image.gif")).await, 404, "not-found").await;
    assert!(told["detail"].as_str().unwrap().contains("image.webp"), "{told}");
    problem(server.get(&format!("/api/v1/stories/{id}?f=docx")).await, 406, "not-acceptable").await;
    problem(server.post("application/json", "{\"reports\":[]}").await, 400, "invalid-parameter").await;
    problem(server.post("application/json", "{\"reports\":").await, 400, "invalid-parameter").await;
    problem(server.post("application/pdf", "%PDF").await, 415, "unsupported-media-type").await;
    let date = json!({ "text": "x", "published": "2024-06-31" }).to_string();
    let said = problem(server.post("application/json", date).await, 400, "invalid-parameter").await;
    assert_eq!(said["errors"][0]["pointer"], "/reports/0/published");
    let put = Request::put("/api/v1/stories").body(Body::empty()).unwrap();
    problem(server.send(put).await, 405, "method-not-allowed").await;
}

#[tokio::test]
async fn what_is_over_a_limit_is_refused_whole() {
    let server = Server::new().await;
    let long = "a".repeat(Limits::default().report_bytes + 1);
    problem(server.post("text/plain", long).await, 413, "too-large").await;
    let many: Vec<Value> = (0..21).map(|_| json!({ "text": "x" })).collect();
    problem(server.post("application/json", json!({ "reports": many }).to_string()).await, 413, "too-large")
        .await;
    let body = vec![b'a'; Limits::default().body_bytes() + 1];
    problem(server.post("text/plain", body).await, 413, "too-large").await;
    let binary: Vec<u8> = (0..4096u32).map(|i| (i * 37 % 256) as u8).chain([0; 64]).collect();
    problem(server.post("text/plain", binary).await, 422, "unprocessable-report").await;
    let list = json_of(server.get("/api/v1/stories").await).await;
    assert_eq!(list["stories"], json!([]));
}

#[tokio::test]
async fn a_form_with_files_is_read() {
    let server = Server::new().await;
    let body = "--b\r\nContent-Disposition: form-data; name=\"report\"; filename=\"a.txt\"\r\n\r\nThe ferry left Odesa for Varna.\r\n--b--\r\n";
    let response = server.post("multipart/form-data; boundary=b", body).await;
    assert_eq!(response.status(), StatusCode::CREATED);
    assert_eq!(json_of(response).await["reports"].as_array().unwrap().len(), 1);
    let cut = "--b\r\nContent-Disposition: form-data; name=\"report\"; filename=\"a.txt\"\r\n\r\nThe fer";
    let response = server.post("multipart/form-data; boundary=b", cut).await;
    assert!(response.status().is_client_error(), "{}", response.status());
}

#[tokio::test]
async fn writing_needs_the_token_where_there_is_one_and_is_counted() {
    let limits = Limits { writes_a_minute: 2, ..Limits::default() };
    let settings = Settings { token: Some("secret".to_owned()), limits, ..Settings::default() };
    let server = Server::with(settings).await;
    problem(server.post("text/plain", "x").await, 401, "unauthorized").await;
    let write = async |token: &str| {
        let request = Request::post("/api/v1/stories")
            .header(header::CONTENT_TYPE, "text/plain")
            .header(header::AUTHORIZATION, format!("Bearer {token}"));
        server.send(request.body(Body::from("The ferry left Odesa.")).unwrap()).await
    };
    problem(write("wrong!").await, 401, "unauthorized").await;
    assert_eq!(write("secret").await.status(), StatusCode::CREATED);
    assert_eq!(write("secret").await.status(), StatusCode::OK);
    let refused = write("secret").await;
    assert!(!header_of(&refused, "retry-after").is_empty());
    problem(refused, 429, "rate-limited").await;
    assert_eq!(server.get("/healthz").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_story_can_be_forgotten() {
    let server = Server::new().await;
    let id = server.example().await;
    let delete = || Request::delete(format!("/api/v1/stories/{id}")).body(Body::empty()).unwrap();
    assert_eq!(server.send(delete()).await.status(), StatusCode::NO_CONTENT);
    problem(server.send(delete()).await, 404, "not-found").await;
}

#[tokio::test]
async fn head_and_options_are_answered() {
    let server = Server::new().await;
    let head = server.send(Request::head("/healthz").body(Body::empty()).unwrap()).await;
    assert_eq!(head.status(), StatusCode::OK);
    let request = Request::options("/api/v1/stories")
        .header(header::ORIGIN, "http://a.example")
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST");
    let options = server.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(header_of(&options, "access-control-allow-origin"), "*");
}

#[tokio::test]
async fn pages_load_nothing_from_elsewhere_and_only_embeds_stand_in_other_pages() {
    let server = Server::new().await;
    let id = server.example().await;
    let page = server.get(&format!("/stories/{id}")).await;
    if page.status() == StatusCode::NOT_FOUND {
        eprintln!("the viewer is not built (npm run build in web/): skipped");
        return;
    }
    assert!(header_of(&page, "content-security-policy").contains("frame-ancestors 'self'"));
    let html = String::from_utf8(bytes_of(page).await).unwrap();
    assert!(html.contains("og:image") && html.contains(&format!("/stories/{id}.geojson")));
    assert!(!html.contains("src=\"http") && !html.contains("src=\"//"));
    let embed = server.get(&format!("/embed/{id}")).await;
    assert!(header_of(&embed, "content-security-policy").contains("frame-ancestors *"));
    problem(server.get("/embed/none").await, 404, "not-found").await;
}
