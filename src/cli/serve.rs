//! `dateline serve`: the viewer and the HTTP interface.

use super::failure::Failure;
use super::input::{self, ReadingArgs};
use super::output;
use crate::server::{self, App, Settings};
use crate::store::{self, Store};
use anyhow::Context;
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;
use tracing_subscriber::EnvFilter;

/// Arguments of `dateline serve`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  dateline serve report.txt
  dateline serve --listen 127.0.0.1:9000 --data ./stories
  DATELINE_TOKEN=… dateline serve --listen 0.0.0.0:8080 --base-url https://maps.example.org")]
pub(super) struct ServeArgs {
    /// Reports to read together, or one story, to begin with
    #[arg(value_name = "REPORT")]
    reports: Vec<PathBuf>,
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// Folder that keeps the stories [default: ~/.local/share/dateline]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Address the server is known by, for links and embeds
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Token that writing needs [env: DATELINE_TOKEN]; needed to listen beyond this machine
    #[arg(long, value_name = "TOKEN")]
    token: Option<String>,
    #[command(flatten)]
    reading: ReadingArgs,
}

/// Runs the command until the process is told to stop.
pub(super) fn run(args: &ServeArgs, quiet: bool) -> Result<(), Failure> {
    let filter = EnvFilter::try_from_env("DATELINE_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    // A second subscriber (in tests) is refused; the first one goes on.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
    let story = match args.reports.as_slice() {
        [] => None,
        reports => Some(input::story(reports, &args.reading)?),
    };
    let runtime = tokio::runtime::Runtime::new().context("cannot start the server's threads")?;
    runtime.block_on(async {
        let stopped = stop();
        let folder = args.data.clone().unwrap_or_else(store::default_folder);
        let store = Store::open(&folder).await?;
        let from_env = || std::env::var("DATELINE_TOKEN").ok().filter(|token| !token.is_empty());
        let settings = Settings {
            token: args.token.clone().or_else(from_env),
            base_url: args.base_url.clone(),
            ..Settings::default()
        };
        let app = App::new(store, settings)?;
        let path = match &story {
            None => String::new(),
            Some(story) => {
                app.store().put(story).await?;
                format!("stories/{}", story.id)
            }
        };
        let ready = |address: SocketAddr| {
            output::say(quiet, &format!("Dateline listens on http://{address}/{path}"));
            output::say(quiet, &format!("Stories are kept in {}; Ctrl-C stops.", folder.display()));
        };
        server::serve(app, args.listen, ready, stopped).await?;
        output::say(quiet, "Stopped.");
        Ok(())
    })
}

/// Resolves when the process is asked to stop, be it before it is waited for: signals are heeded from now on.
#[cfg(unix)]
fn stop() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let heeded = |kind| signal(kind).expect("the runtime is up");
    let (mut terminate, mut interrupt) = (heeded(SignalKind::terminate()), heeded(SignalKind::interrupt()));
    async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }
}

/// Resolves when the process is asked to stop.
#[cfg(not(unix))]
async fn stop() {
    // Without a signal to wait for, the server runs until it is killed.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
