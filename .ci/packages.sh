# Sourced by the runners: installs what is missing on a Debian or Ubuntu machine, and asks nothing.
#
#   command_from <package> <command>...    one of the commands suffices
#   header_from <package> <header>         below /usr/include or /usr/local/include
#   file_from <package> <pattern>
#   install_missing                        installs what the lines above did not find
#   install_if_offered                     the same, but what the distribution doesn't have is only mentioned
missing=()

command_from() {
  local package=$1 name
  shift
  for name in "$@"; do
    if command -v "$name" >/dev/null; then return; fi
  done
  missing+=("$package")
}

header_from() { [ -e "/usr/include/$2" ] || [ -e "/usr/local/include/$2" ] || missing+=("$1"); }

file_from() { compgen -G "$2" >/dev/null || missing+=("$1"); }

apt() {
  local root=()
  [ "$(id -u)" = 0 ] || root=(sudo)
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o Dpkg::Use-Pty=0 "$@" </dev/null
}

install_missing() {
  [ ${#missing[@]} -gt 0 ] || return 0
  if ! command -v apt-get >/dev/null; then
    echo "missing, and there is no apt-get to install them: ${missing[*]}" >&2
    return 1
  fi
  echo "installing: ${missing[*]}"
  local wanted=("${missing[@]}")
  missing=()
  local log
  log=$(mktemp)
  # The package lists may be absent or older than the archive: one failure is no answer.
  if apt install --no-install-recommends "${wanted[@]}" >"$log" 2>&1 ||
    { apt update && apt install --no-install-recommends "${wanted[@]}"; } >>"$log" 2>&1; then
    rm -f "$log"
  else
    cat "$log" >&2
    rm -f "$log"
    return 1
  fi
}

install_if_offered() {
  local wanted=("${missing[@]}") package
  [ ${#wanted[@]} -gt 0 ] || return 0
  install_missing 2>/dev/null && return
  for package in "${wanted[@]}"; do
    missing=("$package")
    install_missing >/dev/null 2>&1 || echo "not to be had here, and done without: $package"
  done
  missing=()
}
