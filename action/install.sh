#!/usr/bin/env bash
# Puts the program into a folder that the action caches.
#
#   install.sh which   tells the version, the platform and the folder, as outputs of the step
#   install.sh         installs it there: a release, or what is built from the action's own sources
#
# VERSION is the input; VAULTMEND_RELEASES a mirror of the releases.
# shellcheck disable=SC2016 # backticks in messages are Markdown
set -euo pipefail

sources=${GITHUB_ACTION_PATH:?}
releases=${VAULTMEND_RELEASES:-https://github.com/vaultmend/vaultmend/releases/download}

fail() {
  printf '::error title=vaultmend::%s\n' "$1"
  exit 2
}

version=${VERSION:-}
version=${version#v}
# Without one, the release that this version of the action belongs to.
[ -n "$version" ] || version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$sources/Cargo.toml" | head -n 1)
[[ $version =~ ^[0-9A-Za-z.+-]+$ ]] || fail 'the input `version` is no version: a release, such as 0.1.0, or `source`'

# On Linux the program is linked statically: it runs in every image.
case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) target=x86_64-unknown-linux-musl ;;
  Linux-aarch64 | Linux-arm64) target=aarch64-unknown-linux-musl ;;
  Darwin-x86_64) target=x86_64-apple-darwin ;;
  Darwin-arm64) target=aarch64-apple-darwin ;;
  MINGW*-x86_64 | MSYS*-x86_64) target=x86_64-pc-windows-msvc ;;
  *) target=$(uname -sm | tr ' ' '-') ;;
esac

folder=${RUNNER_TEMP:?}/vaultmend-$version-$target

sum() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }

describe() {
  local key=$version
  if [ "$version" = source ]; then
    key=source-$(cd "$sources" && find src rules build.rs Cargo.toml Cargo.lock -type f -print0 | LC_ALL=C sort -z | xargs -0 cat | sum | cut -d ' ' -f 1)
  fi
  {
    printf 'key=vaultmend-%s-%s\n' "$key" "$target"
    printf 'folder=%s\n' "$folder"
  } >>"${GITHUB_OUTPUT:?}"
}

install() {
  local name=vaultmend-$version-$target wanted got
  mkdir -p "$folder"
  if [ "$version" = source ]; then
    cargo install --quiet --locked --path "$sources" --root "$folder/built"
    mv "$folder"/built/bin/vaultmend* "$folder"
    rm -r "$folder/built"
    return
  fi
  cd "$folder"
  for file in "$name.tar.gz" "$name.tar.gz.sha256"; do
    curl --fail --silent --show-error --location --retry 3 --output "$file" "$releases/v$version/$file" ||
      fail "there is no program for version $version on $target: give \`version: source\` to build it"
  done
  read -r wanted _ <"$name.tar.gz.sha256"
  got=$(sum "$name.tar.gz" | cut -d ' ' -f 1)
  [ "$wanted" = "$got" ] || fail "the download has the checksum $got, not $wanted"
  tar -xzf "$name.tar.gz" --strip-components 1
  rm "$name.tar.gz" "$name.tar.gz.sha256"
}

case ${1:-install} in
  which) describe ;;
  install) install ;;
  *) fail 'usage: install.sh [which]' ;;
esac
