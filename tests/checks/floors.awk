# Reads the table first, then every header. See floors.txt for the rules.

BEGIN { floors = 0 }
function red(text) { print text; faults++ }
function room_of(path) {
  if (path in floor) return path  # a header on a floor of its own
  sub(/\/.*/, "", path)
  sub(/[.]hpp$/, "", path)
  return path
}

FNR == 1 { in_table = (NR == 1); if (!in_table) { file = FILENAME; sub(/^anabranch\//, "", file); known[file] = 1 } }

in_table {
  sub(/#.*/, "")
  if ($1 == "floor") { for (i = 2; i <= NF; i++) floor[$i] = floors; floors++ }
  else if ($1 == "beside") for (i = 2; i <= NF; i++) beside[$i] = 1
  else if ($1 == "umbrella") umbrella = $2
  else if ($1 == "standard") for (i = 2; i <= NF; i++) standard[$i] = 1
  else if ($1 == "leaf") for (i = 3; i <= NF; i++) leaf[$2 " " $i] = 1
  else if ($1 == "admit") for (i = 3; i <= NF; i++) admitted[$2 " " $i] = 1
  else if (NF) red("the table has a line that starts with " $1)
  next
}

/^[ \t]*#[ \t]*include/ {
  target = $0
  sub(/^[ \t]*#[ \t]*include[ \t]*/, "", target)
  quote = substr(target, 1, 1)
  target = substr(target, 2)
  sub(/[>"].*/, "", target)
  if (target ~ /^anabranch\//) {
    sub(/^anabranch\//, "", target)
    include_count++
    from[include_count] = file
    to[include_count] = target
    includes[file] = includes[file] " " target
  } else if (quote == "\"") red(file ": \"" target "\" is not given as \"anabranch/...\"")
  else if ((file " " target) in leaf) used[file " " target] = 1
  else if (!(target in standard) && room_of(file) != "ext") red(file ": <" target "> is only for the leaves that the table names")
}

# Depth-first over `edges`, a string of successors by node; prints each circle once, where it closes.
function visit(node, edges, trail,    next_nodes, i, n) {
  if (colour[node] == "done") return
  if (colour[node] == "open") {
    red("a circle: " substr(trail, index(trail, " " node " > ") + 1) node)
    return
  }
  colour[node] = "open"
  n = split(edges[node], next_nodes, " ")
  for (i = 1; i <= n; i++) visit(next_nodes[i], edges, trail node " > ")
  colour[node] = "done"
}
function forget(    node) { for (node in colour) delete colour[node] }

END {
  for (file in known) {
    room = room_of(file)
    if (!(room in floor) && !(room in beside) && room != umbrella) red(file ": the table does not know the room " room)
  }
  for (i = 1; i <= include_count; i++) {
    file = from[i]; target = to[i]; a = room_of(file); b = room_of(target)
    if (!(target in known)) { red(file ": there is no " target); continue }
    if (b == umbrella) red(file ": nothing includes the umbrella")
    if (a == b) continue
    if (target ~ /\/detail\//) {
      if ((target " " a) in admitted) used[target " " a] = 1
      else red(file ": " target " is a detail of the room " b)
    }
    if (b in beside && !(a == umbrella && b != "ext")) red(file ": " b " stands beside the floors, so " a " may not include " target)
    if (a in floor && b in floor && floor[b] > floor[a]) red(file ": " target " lies upstairs (" a " is on floor " floor[a] ", " b " on " floor[b] ")")
    if (a in floor && b in floor && floor[b] == floor[a] && !seen[a " " b]++) neighbours[a] = neighbours[a] " " b
  }
  for (file in known) visit(file, includes, " ")
  forget()
  for (room in floor) visit(room, neighbours, " ")
  for (permission in leaf) if (!(permission in used)) red("the table has a leaf that is none: " permission)
  for (permission in admitted) if (!(permission in used)) red("the table admits a room that does not ask: " permission)
  exit faults > 0
}
