//! Reports as they come in a request: one text of any form, several as JSON, or a form's files.

use super::error::Problem;
use super::{App, Limits};
use crate::report::{Report, Source};
use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use jiff::civil::Date;
use serde::Deserialize;

/// A report of a JSON request.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReportInput {
    text: String,
    title: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
    url: Option<String>,
}

/// A JSON request: several reports, or one.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum StoryInput {
    Several { reports: Vec<ReportInput> },
    One(ReportInput),
}

/// The reports of a request, in order.
pub(super) async fn reports(app: &App, request: Request) -> Result<Vec<Report>, Problem> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or("text/plain").split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let limits = app.limits();
    let reports = match kind.as_str() {
        "application/json" => from_json(request, limits).await?,
        "multipart/form-data" => from_form(request, limits).await?,
        "text/plain" | "text/markdown" | "text/html" => {
            let bytes = body(request).await?;
            vec![from_file(&bytes, Some(&kind), &Source::default(), limits)?]
        }
        other => {
            return Err(Problem::unsupported(format!(
                "{other:?} is not read here; send text/plain, text/markdown, text/html, application/json or multipart/form-data."
            )));
        }
    };
    if reports.is_empty() {
        return Err(Problem::pointer("/reports", "There is no report in the request; send at least one."));
    }
    Ok(reports)
}

async fn body(request: Request) -> Result<Bytes, Problem> {
    Bytes::from_request(request, &()).await.map_err(|refusal| match refusal.status().as_u16() {
        413 => Problem::too_large("The body is larger than the server takes."),
        _ => Problem::unprocessable(refusal.body_text()),
    })
}

async fn from_json(request: Request, limits: &Limits) -> Result<Vec<Report>, Problem> {
    let bytes = body(request).await?;
    let Json(input) = Json::<StoryInput>::from_bytes(&bytes).map_err(|refusal| {
        Problem::pointer(
            "",
            format!(
                "{}; expected {{\"reports\": [{{\"text\": …}}]}} or {{\"text\": …}}.",
                refusal.body_text()
            ),
        )
    })?;
    let inputs = match input {
        StoryInput::Several { reports } => reports,
        StoryInput::One(report) => vec![report],
    };
    within_count(inputs.len(), limits)?;
    let read = |(order, input): (usize, ReportInput)| {
        let published = match input.published.as_deref().map(str::trim).filter(|date| !date.is_empty()) {
            None => None,
            Some(date) => Some(date.parse::<Date>().map_err(|_| {
                Problem::pointer(
                    &format!("/reports/{order}/published"),
                    format!("{date:?} is no date; expected one like 2024-10-23."),
                )
            })?),
        };
        let filled = |value: Option<String>| value.filter(|words| !words.trim().is_empty());
        let source = Source {
            title: filled(input.title),
            publisher: filled(input.publisher),
            url: filled(input.url),
            published: published.map(|date| date.to_string()),
            ..Source::default()
        };
        from_file(input.text.as_bytes(), Some("text/plain"), &source, limits)
    };
    inputs.into_iter().enumerate().map(read).collect()
}

async fn from_form(request: Request, limits: &Limits) -> Result<Vec<Report>, Problem> {
    let refused = |error: axum::extract::multipart::MultipartError| match error.status().as_u16() {
        413 => Problem::too_large("The body is larger than the server takes."),
        _ => Problem::unprocessable(error.body_text()),
    };
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|refusal| Problem::unprocessable(refusal.body_text()))?;
    let mut reports = Vec::new();
    while let Some(field) = form.next_field().await.map_err(refused)? {
        within_count(reports.len() + 1, limits)?;
        let hint = field.file_name().map(str::to_owned).or_else(|| field.content_type().map(str::to_owned));
        let bytes = field.bytes().await.map_err(refused)?;
        reports.push(from_file(&bytes, hint.as_deref(), &Source::default(), limits)?);
    }
    Ok(reports)
}

fn from_file(bytes: &[u8], hint: Option<&str>, source: &Source, limits: &Limits) -> Result<Report, Problem> {
    if bytes.len() > limits.report_bytes {
        return Err(Problem::too_large(format!(
            "A report has {} bytes; the limit is {}. Nothing was cut: split it, or leave out what is not the report.",
            bytes.len(),
            limits.report_bytes
        )));
    }
    Ok(Report::from_bytes(bytes, hint, source)?)
}

fn within_count(count: usize, limits: &Limits) -> Result<(), Problem> {
    if count > limits.reports {
        return Err(Problem::too_large(format!(
            "The request has {count} reports or more; the limit is {} a story.",
            limits.reports
        )));
    }
    Ok(())
}
