# summary.awk -v built=<0|1> -v table=<0|1> <file of ANABRANCH_REQUIREMENTS> <ctest's JUnit file>
#
# A ctest entry counts as its test cases where it has reported any, and as one where it has not. One that failed although
# none of its cases did (it crashed, or was never built) counts as one failure more.

function attribute(name) {
  if (!match($0, name "=\"[^\"]*\"")) return ""
  return substr($0, RSTART + length(name) + 2, RLENGTH - length(name) - 3)
}

FILENAME == ARGV[1] {
  split($0, field, "\t")
  entry = field[2]
  sub(/^test_/, "", entry)
  result = field[1]
  count[entry, result]++
  reported[entry] = 1
  tags = field[3]
  while (match(tags, /\[R[0-9]+\]/)) {
    proof[substr(tags, RSTART + 2, RLENGTH - 3) + 0, result]++
    tags = substr(tags, RSTART + RLENGTH)
  }
}

FILENAME == ARGV[2] && /<testcase / {
  entry = attribute("name")
  status = attribute("status")
  if (entry in reported) {
    passed += count[entry, "passed"]
    failed += count[entry, "failed"]
    if (status == "fail" && !count[entry, "failed"]) failed++
  } else if (status == "run") passed++
  else if (status == "fail") failed++
}

# Skipped on purpose, or not to be run because it was not built.
FILENAME == ARGV[2] && /<skipped message=/ {
  if (/SKIP_/) skipped = skipped " " entry
  else failed++
}

END {
  if (table) {
    printf "\n%-12s %8s %8s\n", "requirement", "passed", "failed"
    for (r = 1; r <= 75; r++)
      if ((r, "passed") in proof || (r, "failed") in proof) printf "%-12s %8d %8d\n", "R" r, proof[r, "passed"], proof[r, "failed"]
      else untested = untested " R" r
    if (untested) print "no test:" untested
  }
  if (skipped) print "skipped:" skipped
  if (!built && !failed) failed++
  printf "%d passed, %d failed\n", passed, failed
  exit failed > 0
}
