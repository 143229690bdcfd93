#!/usr/bin/env bash
# Times vaultmend beside other programs over one vault: whole processes in turn, medians and ratios.
#
#   benches/peers.sh VAULT [RUNS]
#
# It installs nothing. ripgrep (`rg -c '\[\['`) shows what it costs to open and search the same files;
# rumdl and markdownlint-cli2 are linters of Markdown. What is not there is named and left out.
set -euo pipefail
vault=${1:?the folder of a vault, as `cargo run --release --example make-vault -- --notes 50000 OUT` makes one}
runs=${2:-7}
vaultmend=${VAULTMEND:-target/release/vaultmend}
[ -x "$vaultmend" ] || { echo "there is no $vaultmend: cargo build --release" >&2; exit 2; }

names=(vaultmend ripgrep)
command=("'$vaultmend' check '$vault'" "rg -c '\\[\\[' '$vault'")
command -v rg >/dev/null || { echo "missing: rg (ripgrep)" >&2; exit 2; }
if command -v rumdl >/dev/null; then
  names+=(rumdl); command+=("rumdl check --no-cache --flavor obsidian '$vault'")
else echo "missing: rumdl (PyPI)" >&2; fi
if command -v markdownlint-cli2 >/dev/null; then
  names+=(markdownlint-cli2); command+=("cd '$vault' && markdownlint-cli2 '**/*.md'")
else echo "missing: markdownlint-cli2 (npm)" >&2; fi

times=$(mktemp -d)
trap 'rm -r "$times"' EXIT
# One run of each beforehand, so that all find the files in memory.
for run in $(seq 0 "$runs"); do
  for i in "${!names[@]}"; do
    # A slow one need not be run so often to be known as slow.
    [ "$i" -lt 2 ] || [ "$run" -le "${SLOW_RUNS:-3}" ] || continue
    start=$(date +%s%N)
    bash -c "${command[$i]}" >"$times/out" 2>&1 || [ $? -lt 126 ] || { cat "$times/out" >&2; exit 2; }
    end=$(date +%s%N)
    [ "$run" = 0 ] || echo $(((end - start) / 1000000)) >>"$times/${names[$i]}"
  done
done
median() { sort -n "$1" | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }
base=$(median "$times/ripgrep")
notes=$(find "$vault" -name '*.md' | wc -l)
bytes=$(find "$vault" -name '*.md' -printf '%s\n' | awk '{ sum += $1 } END { printf "%.0f", sum / 1e6 }')
echo "$notes notes, $bytes MB; $(nproc) cores; $(date +%F)"
printf '| program | runs | least | median | most | of ripgrep |\n| --- | ---: | ---: | ---: | ---: | ---: |\n'
for name in "${names[@]}"; do
  file=$times/$name
  printf '| %s | %s | %s ms | %s ms | %s ms | %s |\n' "$name" "$(wc -l <"$file")" "$(sort -n "$file" | head -1)" \
    "$(median "$file")" "$(sort -n "$file" | tail -1)" "$(awk -v a="$(median "$file")" -v b="$base" 'BEGIN { printf "%.1f", a / b }')"
done
