# Sourced by the tests: <test> <git_history>. Each has a folder of its own, and a git that no configuration of the machine reaches.
set -euo pipefail
program=$(realpath "$1")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=$work/config LC_ALL=C.UTF-8 COLUMNS=80
git config --global user.name "Ada Lovelace"
git config --global user.email ada@example.org
git config --global init.defaultBranch main
git config --global advice.detachedHead false
git config --global protocol.file.allow always

failed=0
case_name=''

# Names what is tested next.
testing() { case_name=$*; }

complain() {
  echo "FAILED: $case_name: $*"
  failed=1
}

finish() {
  [ $failed = 0 ] && echo "all as git says"
  exit $failed
}

# A made-up history of so many commits: big <repository> <commits>
big() {
  git init -q "$1"
  awk -v commits="$2" -f "$here/history.awk" | git -C "$1" fast-import --quiet
  git -C "$1" reset -q --hard
}

# commit <repository> [<option of git commit>...]: everything that is changed
commit() {
  git -C "$1" add -A
  git -C "$1" commit -q --allow-empty --allow-empty-message -m "a change" "${@:2}"
}

# What git itself says of HEAD.
git_figures() {
  if ! git -C "$1" rev-parse -q --verify HEAD >/dev/null; then
    printf '%s: 0\n' commits authors files 'lines added' 'lines removed'
    return
  fi
  echo "commits: $(git -C "$1" rev-list --count HEAD)"
  echo "authors: $(git -C "$1" shortlog -sn HEAD | wc -l)"
  echo "files: $(git -C "$1" log --no-show-signature --format= --name-only HEAD | sort -u | wc -l)"
  git -C "$1" log --format= --numstat HEAD | awk -F '\t' '
    { added += $1; removed += $2 }
    END { printf "lines added: %d\nlines removed: %d\n", added, removed }'
}

# matches <repository> <appended> [<option>...]: the program says what git says, and has appended so many commits.
matches() {
  local repository=$1 appended=$2
  shift 2
  if ! "$program" "$@" "$repository" >said 2>progress; then
    complain "$(cat progress)"
    return
  fi
  { git_figures "$repository" && echo "appended: $appended"; } >expected
  grep -E '^(commits|authors|files|lines added|lines removed|appended): [0-9]+$' said >figures || true
  diff expected figures >differences || complain "git (<) and we (>) differ: $(cat differences)"
  grep -q '^snapshot + tail: equal to the replay' said || complain "no snapshot was compared"
}

# completes <repository> [<option>...]: as above, however many commits are new; so many are left in $appended.
completes() {
  "$program" "${@:2}" "$1" >said 2>progress || true
  appended=$(sed -n 's/^appended: //p' said)
  { git_figures "$1" && echo "appended: ${appended:-some}"; } >expected
  grep -E '^[a-z ]+: [0-9]+$' said | diff expected - >differences || complain "$(cat differences progress)"
}

# refuses <status> <regex> [<argument>...]: the program ends with that status and that message, and shows no figures.
refuses() {
  local status=0 wanted=$1 message=$2
  shift 2
  "$program" "$@" >said 2>progress || status=$?
  [ $status = "$wanted" ] || complain "status $status instead of $wanted: $(cat progress)"
  grep -qE -e "$message" progress || complain "no '$message' in: $(cat progress)"
  ! grep -q '^commits: ' said || complain "figures in spite of the error"
}
