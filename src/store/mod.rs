//! Stories kept: an embedded SQLite database in a stated folder.
//!
//! Stories in and out as documents. Each write is one transaction with a write-ahead log and full
//! synchronisation, so that a kill at any moment leaves the last complete state.

use crate::story::Story;
use sqlx::Row;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The database's file inside the data folder.
const FILE: &str = "dateline.sqlite";

/// Why something could not be stored or fetched.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder or the database in it cannot be opened for writing.
    #[error("cannot keep stories in {folder}: {reason}; choose another folder with --data, or make this one writable", folder = .folder.display())]
    Unusable {
        /// The data folder.
        folder: PathBuf,
        /// What went wrong.
        reason: String,
    },
    /// The database failed.
    #[error("the story database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// A stored document is not a story.
    #[error("story {id} cannot be read back: {reason}; delete it and read its reports again")]
    Document {
        /// The story's id.
        id: String,
        /// What is wrong with it.
        reason: String,
    },
}

/// What a list shows of a story.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// The story's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How many reports it was made from.
    pub reports: i64,
    /// How many movements it has.
    pub movements: i64,
}

/// A part of the list of stories, newest first.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Page {
    /// The stories.
    pub stories: Vec<Summary>,
    /// The cursor that gives the next part, if there is more.
    pub next: Option<i64>,
}

/// The stories of one data folder.
#[derive(Debug, Clone)]
pub struct Store {
    pool: SqlitePool,
}

impl Store {
    /// Opens the database in this folder, making both where they are missing.
    ///
    /// # Errors
    /// The folder cannot be made or written, or what lies there is no database of ours.
    pub async fn open(folder: &Path) -> Result<Self, StoreError> {
        let unusable = |reason: String| StoreError::Unusable { folder: folder.to_owned(), reason };
        std::fs::create_dir_all(folder).map_err(|error| unusable(error.to_string()))?;
        let options = SqliteConnectOptions::new()
            .filename(folder.join(FILE))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10));
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(options)
            .await
            .map_err(|error| unusable(error.to_string()))?;
        sqlx::migrate!("src/store/migrations")
            .run(&pool)
            .await
            .map_err(|error| unusable(error.to_string()))?;
        Ok(Store { pool })
    }

    /// Keeps a story; one of the same id is replaced. Whether it is new.
    ///
    /// # Errors
    /// The database cannot be written; what was stored before is untouched.
    pub async fn put(&self, story: &Story) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let known = sqlx::query("SELECT 1 FROM stories WHERE id = ?")
            .bind(&story.id)
            .fetch_optional(&mut *transaction)
            .await?
            .is_some();
        sqlx::query(
            "INSERT INTO stories (id, title, reports, movements, document) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET title = excluded.title, reports = excluded.reports,
             movements = excluded.movements, document = excluded.document",
        )
        .bind(&story.id)
        .bind(&story.title)
        .bind(story.reports.len() as i64)
        .bind(story.movements.len() as i64)
        .bind(story.to_json().to_string())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(!known)
    }

    /// The story of this id.
    ///
    /// # Errors
    /// The database fails, or what it holds is no story.
    pub async fn get(&self, id: &str) -> Result<Option<Story>, StoreError> {
        let Some(document) = self.document(id).await? else { return Ok(None) };
        let broken =
            |error: serde_json::Error| StoreError::Document { id: id.to_owned(), reason: error.to_string() };
        let value = serde_json::from_str(&document).map_err(broken)?;
        Story::from_json(value).map(Some).map_err(broken)
    }

    /// The document of this id, as it was put.
    ///
    /// # Errors
    /// The database fails.
    pub async fn document(&self, id: &str) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT document FROM stories WHERE id = ?")
            .bind(id)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.map(|row| row.try_get("document")).transpose()?)
    }

    /// Forgets a story. Whether there was one.
    ///
    /// # Errors
    /// The database cannot be written.
    pub async fn delete(&self, id: &str) -> Result<bool, StoreError> {
        let done = sqlx::query("DELETE FROM stories WHERE id = ?").bind(id).execute(&self.pool).await?;
        Ok(done.rows_affected() > 0)
    }

    /// Stories, newest first: at most `limit`, those after `cursor` where one is given.
    ///
    /// # Errors
    /// The database fails.
    pub async fn list(&self, limit: u32, cursor: Option<i64>) -> Result<Page, StoreError> {
        let rows = sqlx::query(
            "SELECT seq, id, title, reports, movements FROM stories WHERE seq < ? ORDER BY seq DESC LIMIT ?",
        )
        .bind(cursor.unwrap_or(i64::MAX))
        .bind(i64::from(limit) + 1)
        .fetch_all(&self.pool)
        .await?;
        let shown = &rows[..rows.len().min(limit as usize)];
        let mut stories = Vec::with_capacity(shown.len());
        for row in shown {
            stories.push(Summary {
                id: row.try_get("id")?,
                title: row.try_get("title")?,
                reports: row.try_get("reports")?,
                movements: row.try_get("movements")?,
            });
        }
        let next = match shown.last() {
            Some(last) if rows.len() > shown.len() => Some(last.try_get("seq")?),
            _ => None,
        };
        Ok(Page { stories, next })
    }

    /// Whether the database answers.
    pub async fn is_healthy(&self) -> bool {
        sqlx::query("SELECT 1").fetch_one(&self.pool).await.is_ok()
    }

    /// Writes everything back and closes.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// Where stories are kept unless `--data` says otherwise: `$XDG_DATA_HOME/dateline`, else
/// `~/.local/share/dateline`, else `dateline-data` here.
pub fn default_folder() -> PathBuf {
    let from_env = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    from_env("XDG_DATA_HOME")
        .or_else(|| from_env("HOME").map(|home| home.join(".local/share")))
        .map_or_else(|| PathBuf::from("dateline-data"), |data| data.join("dateline"))
}
