#!/bin/sh
# Cuts Noto Sans down to the letters that maps need. Usage: convert.sh FOLDER_OF_DOWNLOADS
set -eu
downloads=$1
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
target=$here/../../assets/fonts
archive=$downloads/expo-google-fonts-noto-sans-0.4.2.tgz
echo "98cf14a19b8e67a0e76bfd4d5df98937b9734e6dde570bd750f2259042042548  $archive" | sha256sum -c - >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tar -xzf "$archive" -C "$work"
mkdir -p "$target"

# Basic Latin to Latin Extended-B and spacing modifiers, combining marks, Greek, Cyrillic, Latin
# Extended Additional (Vietnamese), punctuation, superscripts, currency, letterlike, arrows, minus.
letters="U+0020-007E,U+00A0-02AF,U+02B0-02FF,U+0300-036F,U+0370-03FF,U+0400-052F,U+1E00-1EFF,U+2000-206F,U+2070-209F,U+20A0-20BF,U+2100-214F,U+2190-2199,U+2212,U+2248,U+2260,U+2264,U+2265,U+25CC"
for pair in 400Regular:Regular 400Regular_Italic:Italic 600SemiBold:SemiBold 600SemiBold_Italic:SemiBoldItalic 700Bold:Bold; do
    from=${pair%%:*}
    to=${pair##*:}
    pyftsubset "$work/package/$from/NotoSans_$from.ttf" --output-file="$target/NotoSans-$to.ttf" \
        --unicodes="$letters" --layout-features=kern,mark,mkmk,ccmp,locl,liga --no-hinting --desubroutinize --drop-tables+=DSIG
done
cp "$work/package/LICENSE_FONT" "$target/OFL.txt"
