-- One row a story: the newest document. `seq` keeps the order in which stories came.
CREATE TABLE stories (
    seq       INTEGER PRIMARY KEY AUTOINCREMENT,
    id        TEXT    NOT NULL UNIQUE,
    title     TEXT    NOT NULL,
    reports   INTEGER NOT NULL,
    movements INTEGER NOT NULL,
    document  TEXT    NOT NULL
) STRICT;
