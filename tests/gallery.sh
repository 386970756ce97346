#!/bin/sh
# Draws every report of ours into one page to be looked at: gallery.sh PROGRAM FOLDER. What `check` finds stands under
# each picture.
set -eu
program=$1
folder=$2
cd "$(dirname "$0")/.."
mkdir -p "$folder"
page=$folder/index.html
{
    echo '<!doctype html><html lang="en"><meta charset="utf-8"><title>Dateline: gallery</title>'
    echo '<style>body{font:14px sans-serif;margin:24px;background:#eee}figure{margin:0 0 40px;background:#fff;padding:12px}'
    echo 'img{max-width:100%;display:block}figcaption{padding:8px 0;white-space:pre-line}</style><h1>Gallery</h1>'
    for report in examples/*.md tests/reports/*.md; do
        name=$(basename "$report" .md)
        "$program" map "$report" -o "$folder/$name.png" --quiet
        # An exit code of 3 says that something was found: that is what the page shows.
        found=$("$program" check "$report" 2>/dev/null) || true
        echo "<figure><img src=\"$name.png\" alt=\"\" loading=\"lazy\"><figcaption><b>$name</b>"
        printf '%s\n' "$found" | sed 's/&/\&amp;/g;s/</\&lt;/g'
        echo '</figcaption></figure>'
    done
    echo '</html>'
} > "$page"
echo "wrote $page"
