# awk -v commits=<n> -f history.awk | git fast-import
#
# A made-up history with what real ones have: many authors, some hundreds of files that grow and shrink, renames, removals,
# binary files, branches that are merged, a commit without changes now and then. The same one each time.

function data(text) { printf "data %d\n%s\n", length(text), text }
function pick(n) { return int(rand() * n) }

function commit(branch, parent, merged,    who) {
  who = pick(25)
  at += pick(20000)
  printf "commit refs/heads/%s\nmark :%d\n", branch, ++mark
  printf "author Author %d <author%d@%s> %d +0000\ncommitter C <c@x> %d +0000\n", who, who, pick(9) ? "home" : "work", at, at
  data("commit " mark)
  if (parent) printf "from :%d\n", parent
  if (merged) printf "merge :%d\n", merged
}

function binary(n) { printf "data %d\nbinary%c%d\n", length(n) + 7, 0, n }

function write(file,    text, i) {
  for (i = 1; i <= lines[file]; i++) text = text line[file, i] "\n"
  printf "M 100644 inline \"%s\"\n", path[file]
  data(text)
}

function edit(    file, i, edits) {
  file = pick(files < 800 ? ++files : files) + 1
  if (!(file in path)) path[file] = "src/room " (file % 30) "/file" file ".txt"
  for (edits = pick(12) + 1; edits > 0; edits--) {
    i = pick(lines[file] + 1) + 1
    if (i > lines[file]) lines[file] = i
    line[file, i] = "line " i " of " mark ": " pick(100000)
  }
  if (lines[file] > 20 && !pick(4)) lines[file] -= pick(15)
  return file
}

BEGIN {
  srand(42)
  at = 1000000000
  while (mark < commits) {
    if (mark > 9 && mark < commits - 3 && !pick(20)) {  # a side branch of one commit, merged at once
      base = mark
      commit("side", base)
      printf "M 100644 inline side/%d.bin\n", mark
      binary(mark)
      commit("main", base)
      write(edit())
      commit("main", mark, base + 1)
      printf "M 100644 inline side/%d.bin\n", base + 1
      binary(base + 1)
      continue
    }
    commit("main", mark)
    if (!pick(40)) continue  # nothing changed
    for (n = pick(5) + 1; n > 0; n--) write(edit())
    file = pick(files) + 1
    if (!pick(25) && file in path) {
      old = path[file]
      path[file] = "src/moved/" mark "/" file ".txt"
      printf "R \"%s\" \"%s\"\n", old, path[file]
    }
  }
}
