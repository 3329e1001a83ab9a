# pairs.awk -v json=<file or nothing> <JSON of Google Benchmark>...: medians, and the ratio of every pair.
#
# A name is a path; one part of it may say whose the run is: ours, by_hand, floor, peer_<name>. Runs that differ in nothing
# but that part belong together.

BEGIN { unit["ns"] = 1; unit["us"] = 1e3; unit["ms"] = 1e6; unit["s"] = 1e9 }

function shown(ns) {
  if (ns >= 1e9) return sprintf("%.3f s ", ns / 1e9)
  if (ns >= 1e6) return sprintf("%.3f ms", ns / 1e6)
  if (ns >= 1e3) return sprintf("%.3f us", ns / 1e3)
  return sprintf("%.3f ns", ns)
}
function quoted(text) { gsub(/["\\]/, "\\\\&", text); return "\"" text "\"" }

# Google Benchmark writes one key a line, and an object per run and aggregate.
/^  "benchmarks": / { listed = FILENAME }
listed != FILENAME { next }
/^    \{/ { for (key in value) delete value[key]; counters_seen = "" }
/^      "/ {
  key = $0
  sub(/^ *"/, "", key)
  sub(/": .*/, "", key)
  text = $0
  sub(/^ *"[^"]*": /, "", text)
  sub(/,$/, "", text)
  gsub(/^"|"$/, "", text)
  value[key] = text
  if (key !~ /^(name|family_index|per_family_instance_index|run_name|run_type|repetitions|repetition_index|threads|aggregate_name|aggregate_unit|iterations|real_time|cpu_time|time_unit|label|error_occurred|error_message)$/)
    counters_seen = counters_seen ", " quoted(key) ": " text
}
/^    \}/ { take(FILENAME "/" value["run_name"]) }

function take(run,    time, n, part, key, i) {
  if (value["error_occurred"] == "true") { failed[run] = value["error_message"]; return }
  time = (run ~ /\/(real_time|manual_time)(\/|$)/ ? value["real_time"] : value["cpu_time"]) * unit[value["time_unit"]]
  if (value["aggregate_name"] == "stddev") spread[run] = time
  if (value["aggregate_name"] != "median") return
  median[run] = time
  counters[run] = counters_seen
  order[++runs] = run

  n = split(run, part, "/")
  whose[run] = ""
  key = ""
  for (i = 1; i <= n; i++)
    if (whose[run] == "" && part[i] ~ /^(ours|by_hand|floor|peer_.*)$/) whose[run] = part[i]
    else if (part[i] !~ /^(real|manual)_time$/) key = key (key == "" ? "" : "/") part[i]
  group[run] = key
  if (whose[run] == "ours") own[key] = run
}

END {
  printf "%-48s %-12s %12s %12s %7s %6s\n", "case", "against", "ours", "theirs", "ratio", "noise"
  for (i = 1; i <= runs; i++) {
    run = order[i]
    key = group[run]
    noise[run] = median[run] > 0 ? spread[run] / median[run] : 0
    if (whose[run] == "ours") continue
    if (whose[run] != "" && key in own) {
      ours = own[key]
      ratio = median[run] > 0 ? median[ours] / median[run] : 0
      worse = spread[ours] / median[ours] > noise[run] ? spread[ours] / median[ours] : noise[run]
      lines[++pairs] = sprintf("%-48s %-12s %12s %12s %7.3f %5.1f%%", key, whose[run], shown(median[ours]), shown(median[run]), ratio, 100 * worse)
      pair_json[pairs] = sprintf("{\"case\": %s, \"against\": %s, \"ours_ns\": %.6g, \"theirs_ns\": %.6g, \"ratio\": %.4f}", quoted(key), quoted(whose[run]), median[ours], median[run], ratio)
      paired[ours] = 1
    } else alone[run] = 1
  }
  for (i = 1; i <= runs; i++) if (whose[order[i]] == "ours" && !(order[i] in paired)) alone[order[i]] = 1
  for (i = 1; i <= pairs; i++) print lines[i] | "sort"
  close("sort")
  for (i = 1; i <= runs; i++) if (order[i] in alone) printf "%-48s %-12s %12s %12s %7s %5.1f%%\n", order[i], "", shown(median[order[i]]), "", "", 100 * noise[order[i]]
  for (run in failed) { print run " failed: " failed[run]; status = 1 }

  if (json != "") {
    printf "{\n  \"compiler\": %s,\n  \"cpu\": %s,\n  \"repetitions\": %d,\n  \"pairs\": [", quoted(compiler), quoted(cpu), repetitions > json
    for (i = 1; i <= pairs; i++) printf "%s\n    %s", (i > 1 ? "," : ""), pair_json[i] > json
    printf "\n  ],\n  \"runs\": [" > json
    for (i = 1; i <= runs; i++) {
      run = order[i]
      printf "%s\n    {\"name\": %s, \"median_ns\": %.6g, \"noise\": %.4f%s}", (i > 1 ? "," : ""), quoted(run), median[run], noise[run], counters[run] > json
    }
    printf "\n  ]\n}\n" > json
  }
  exit status
}
