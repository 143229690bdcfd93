#!/usr/bin/env bash
# Runs the program as the inputs of the action say, and commits what it has repaired.
#
# The inputs come as variables and go on as arguments, each of them whole: none is ever read by a shell.
# shellcheck disable=SC2016 # backticks in messages are Markdown
set -euo pipefail

fail() {
  printf '::error title=vaultmend::%s\n' "$1"
  exit 2
}

option() { [ -z "$2" ] || command+=("$1=$2"); }

# Adds the lines of an input.
lines() {
  local line
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line%$'\r'}
    [ -z "$line" ] || command+=("$line")
  done <<<"$1"
}

case ${FIX:-false} in
  false) command=(check) ;;
  true) command=(fix) ;;
  unsafe) command=(fix --unsafe) ;;
  *) fail 'the input `fix` is `false`, `true` or `unsafe`' ;;
esac
option --config "${CONFIG:-}"
option --since "${SINCE:-}"
case ${BASELINE:-false} in
  false) ;;
  true) command+=(--baseline) ;;
  *) option --baseline "$BASELINE" ;;
esac
option --fail-on "${FAIL_ON:-}"
option --format "${FORMAT:-}"
case ${SUMMARY:-true} in
  false) ;;
  true) [ -z "${GITHUB_STEP_SUMMARY:-}" ] || command+=("--output=markdown=$GITHUB_STEP_SUMMARY") ;;
  *) fail 'the input `summary` is `true` or `false`' ;;
esac
lines "${ARGS:-}"
command+=(--)
lines "${PATHS:-.}"

branch=
if [ -n "${COMMIT:-}" ]; then
  [ "${command[0]}" = fix ] || fail 'the input `commit` goes with `fix`'
  branch=$(git symbolic-ref --quiet --short HEAD) ||
    fail 'there is no branch to commit to: give actions/checkout `ref: ${{ github.head_ref || github.ref_name }}`'
  git diff --quiet HEAD || fail 'there are changes already, which are not to be committed with the repairs'
fi

code=0
"${VAULTMEND:?}" "${command[@]}" || code=$?
printf 'exit-code=%s\n' "$code" >>"${GITHUB_OUTPUT:?}"

# What could not be done is not committed.
if [ -n "$branch" ] && [ "$code" -le 1 ] && ! git diff --quiet HEAD; then
  git add --update
  git -c user.name='github-actions[bot]' -c user.email='41898282+github-actions[bot]@users.noreply.github.com' \
    commit --quiet --message "$COMMIT"
  git push --quiet origin "HEAD:refs/heads/$branch" || fail 'the repairs could not be pushed: the job needs `contents: write`'
  printf 'commit=%s\n' "$(git rev-parse HEAD)" >>"$GITHUB_OUTPUT"
fi
exit "$code"
