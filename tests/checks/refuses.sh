# Sourced by the self-tests, which prove that a check can go red: each breaks one thing and wants it refused for that reason.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

refuses() {  # refuses <part of the message> <command...>
  local reason=$1 output
  shift
  if output=$("$@" 2>&1); then
    echo "not refused: $reason"
    status=1
  elif [[ $output != *"$reason"* ]]; then
    printf 'refused for another reason than "%s":\n%s\n' "$reason" "$output"
    status=1
  fi
}

accepts() {  # accepts <command...>: the same, unbroken
  local output
  output=$("$@" 2>&1) && return
  printf 'refused, though nothing is wrong:\n%s\n' "$output"
  status=1
}

# header <path below include/anabranch/> <line...>: writes a header into the tree that the self-test breaks.
header() {
  local path=$work/include/anabranch/$1
  shift
  mkdir -p "$(dirname "$path")"
  printf '%s\n' '#pragma once' "$@" >"$path"
}
