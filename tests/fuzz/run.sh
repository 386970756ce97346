#!/bin/sh
# Builds a fuzz target and lets it run: run.sh TARGET MINUTES. What it finds and what it has learnt stay under
# target/fuzz/TARGET, outside what is kept.
set -eu
cd "$(dirname "$0")"
name=$1
minutes=$2
root=$(cd ../.. && pwd)
target=${CARGO_TARGET_DIR:-$root/target/fuzz}
work=$target/$name
corpus=$work/corpus
seeds=$work/seeds
mkdir -p "$corpus" "$seeds" "$work/findings"

# The first byte of a report chooses how it is read: "@" is Markdown and all options off, "A" plain, "B" HTML.
longest=2000
case $name in
document)
    cp "$root"/tests/golden/*.json "$seeds"
    for story in "$root"/tests/stories/*.json; do
        while read -r map; do
            sed "1s|{|{\"map\": $map,|" "$story" > "$seeds/$(echo "$map" | cksum | cut -d' ' -f1)-$(basename "$story")"
        done < seeds/maps.jsonl
    done
    longest=20000
    ;;
*)
    for report in "$root"/tests/reports/*.md; do
        stem=$seeds/$(basename "$report" .md)
        { printf @; cat "$report"; } > "$stem.md"
        # Its paragraphs alone are short: many are tried in the time of one report.
        awk -v RS= -v stem="$stem" 'NR > 1 { printf "A%s\n", $0 > stem "-" NR ".txt" }' "$report"
    done
    if [ "$name" = read ]; then longest=1000; fi
    { printf B; cat seeds/page.html; } > "$seeds/page.html"
    ;;
esac
# The words that rules wait for, as libFuzzer's dictionary wants them: ASCII in quotation marks.
{ cat words.dict; cat "$root"/assets/lexicon/*.toml | LC_ALL=C grep -o '"[ -!#-[^-~]*"'; } | sort -u > "$work/words.dict"

CARGO_TARGET_DIR=$target cargo build --release --locked --bin "$name"
host=$(rustc -vV | sed -n 's/^host: //p')
exec env RAYON_NUM_THREADS=1 "$target/$host/release/$name" "$corpus" "$seeds" \
    -dict="$work/words.dict" -artifact_prefix="$work/findings/" -max_len="$longest" -timeout=20 \
    -rss_limit_mb=4096 -max_total_time=$((minutes * 60)) -print_final_stats=1
