# Functions of trials on a development cluster; a script that sources this has set root (the checkout)
# and work (a folder of its own). Bash 4 or later.

historics=$root/scripts/historics
cluster=$work/cluster
trial_began=$SECONDS

# ---- telling

say() { printf '\n== %4d s  %s\n' $((SECONDS - trial_began)) "$*"; }
tell() { printf '           %s\n' "$*"; }

fail() { # what, further lines
  printf '\nFAILED after %d s: %s\n' $((SECONDS - trial_began)) "$1" >&2
  shift
  [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
  exit 1
}

expect() { # what, expected, found
  [ "$2" = "$3" ] || fail "$1" "expected: $2" "found:    $3"
}

expect_same_text() { # what, expected, found
  [ "$2" = "$3" ] || fail "$1" "$(diff <(echo "$2") <(echo "$3"))"
}

expect_same_file() { # what, expected file, found file
  cmp -s "$2" "$3" ||
    fail "$1" "expected: $2" "found:    $3" "the first differences (< expected, > found):" \
      "$(diff "$2" "$3" | cut -c 1-300 | head -n 10)"
}

# Runs a command and shows what it printed only if it fails.
quietly() { # what, command
  local what=$1 code=0
  shift
  "$@" >"$work/quietly.log" 2>&1 || code=$?
  [ $code -eq 0 ] || fail "$what: exit code $code of: $*" "$(tail -n 20 "$work/quietly.log")"
}

# ---- the cluster

dev_cluster() { DEV_CLUSTER_DIR=$cluster "$root/scripts/dev-cluster" "$@"; }

start_cluster() {
  quietly "the cluster does not start" dev_cluster start
  tell "$(head -n 1 "$work/quietly.log")"
}

# Stops it, and tells what still runs after that.
end_cluster() {
  dev_cluster remove >/dev/null 2>&1 || true
  local left
  left=$(pgrep -f -- "-Ddev.cluster=$cluster/|app.container.log.dir=$cluster/" || true)
  [ -z "$left" ] || fail "processes of $cluster are left behind" "$left"
}

# A program of PostgreSQL, of the newest version here.
postgres_tool() {
  local folder
  folder=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
  PATH=${folder:+$folder:}$PATH "$@"
}

# ---- the program: 'disk' on local disk, any other place is a home that uses the cluster

home_of() { echo "$work/homes/$1"; }

# One command in a place. HDFS folders are named as the place is, the archive is shared by all.
at() { # place, arguments
  local place=$1
  shift
  if [ "$place" = disk ]; then
    env -u HADOOP_CONF_DIR HISTORICS_HOME="$(home_of disk)" "$historics" --no-progress "$@"
  else
    (
      eval "$(dev_cluster env)"
      export HISTORICS_HOME HISTORICS_RESULTS_ROOT=${HISTORICS_RESULTS_ROOT%/results}/results-$place
      HISTORICS_HOME=$(home_of "$place")
      "$historics" --no-progress "$@"
    )
  fi
}

# The value of a key in JSON over several lines from stdin: the first one.
json_value() { sed -n 's/^ *"'"$1"'" *: *"\{0,1\}\([^",]*\)"\{0,1\},\{0,1\}$/\1/p' | head -n 1; }

# Submits a query and prints its id.
submit() { # place, user, name, further arguments
  local place=$1 user=$2 name=$3 answer
  shift 3
  answer=$(at "$place" submit --user "$user" --name "$name" --output json --quiet "$@") ||
    fail "$place: query '$name' was not taken" "$answer"
  json_value id <<<"$answer"
}

# Puts what a query found and its manifest beside each other for comparison: PREFIX.ndjson as it was
# delivered, PREFIX.manifest without names that are each run's own.
collect() { # place, query, prefix
  at "$1" results "$2" --quiet >"$3.ndjson" || fail "$1: no results of query $2"
  at "$1" results "$2" --manifest --output json >"$3.json" || fail "$1: no manifest of query $2"
  grep -vE '^ *"(id|job|path|engine)" *:' "$3.json" >"$3.manifest"
  local counted
  counted=$(json_value matched <"$3.json")
  expect "$1: query $2 delivers as many lines as its manifest counts" "$counted" "$(wc -l <"$3.ndjson" | tr -d ' ')"
}

# Compares what two places found for the same question.
expect_same_answer() { # what, expected prefix, found prefix
  expect_same_file "$1: results" "$2.ndjson" "$3.ndjson"
  expect_same_file "$1: manifest" "$2.manifest" "$3.manifest"
}

# The folder of real records that lies beside the checkout or above it; one that is not there if none does.
shared_data() {
  local above=$root
  while [ "$above" != / ] && [ ! -d "$above/shared/data" ]; do above=$(dirname "$above"); done
  echo "${above%/}/shared/data"
}

# ---- asking the daemons

# The sum of a counter of the group Historics over all jobs of the history server whose name matches.
counted_by_jobs() { # pattern of names, counter
  local job sum=0
  for job in $(finished_jobs "$1"); do
    sum=$((sum + $(counter "$job" Historics "$2")))
  done
  echo $sum
}

# Finished jobs by name, oldest first.
finished_jobs() { # pattern
  dev_cluster ask historyserver /ws/v1/history/mapreduce/jobs | tr '{' '\n' |
    grep -E "\"name\":\"($1)\"" | grep -o '"id":"job_[0-9_]*"' | grep -o 'job_[0-9_]*' | sort
}

# The value of a counter over all tasks of a finished job, 0 if it has none.
counter() { # job, group, name
  local found
  found=$(dev_cluster ask historyserver "/ws/v1/history/mapreduce/jobs/$1/counters" | tr '{' '\n' |
    awk -v group="\"$2\"" -v name="\"name\":\"$3\"" '
      index($0, "\"counterGroupName\":") { inside = index($0, group) > 0 }
      inside && index($0, name) { sub(/.*"totalCounterValue":/, ""); sub(/[^0-9].*/, ""); print; exit }')
  echo "${found:-0}"
}

# Applications of the resource manager whose name matches, oldest first: start, end, number, queue, name, tags.
applications() { # pattern
  dev_cluster ask resourcemanager /ws/v1/cluster/apps | tr '{' '\n' | grep '"id":"application_' |
    while read -r line; do
      echo "$(app_field startedTime "$line") $(app_field finishedTime "$line")" \
        "$(app_field id "$line")" "$(app_field queue "$line")" \
        "$(app_field name "$line") [$(app_field applicationTags "$line")]"
    done | grep -E "^[0-9]+ [0-9]+ [^ ]+ [^ ]+ ($1)" | sort
}

app_field() { # key, line
  sed -n 's/.*"'"$1"'":"\{0,1\}\([^"]*\)"\{0,1\}.*/\1/p' <<<"$2" | sed 's/,$//'
}

# How many applications ran at the same time at most; lines from stdin begin with start and end.
most_at_once() {
  awk '{ print $1, 1; print $2, -1 }' | sort -n -k1,1 -k2,2 |
    awk '{ now += $2; if (now > most) most = now } END { print most + 0 }'
}

# The sum of a key at the top of several manifests.
sum_of() { # key, files
  local key=$1
  shift
  sed -n 's/^  "'"$key"'" : \([0-9]*\),$/\1/p' "$@" | awk '{ sum += $1 } END { print sum + 0 }'
}

# That each node manager fetched every shipped jar once, into the cache that all jobs share.
expect_cached_once() { # how many jars
  local node folder twice
  for node in "$cluster"/data/nodemanager-*; do
    folder=$node/local
    twice=$(find "$folder/filecache" -name '*.jar' -type f -printf '%f\n' | sort | uniq -d)
    expect "jars that $(basename "$node") has more than once" "" "$twice"
    expect "jars in the shared cache of $(basename "$node")" "$1" \
      "$(find "$folder/filecache" -name '*.jar' -type f | wc -l | tr -d ' ')"
    expect "jars in caches of a user or a job" "" "$(find "$folder/usercache" -name '*.jar' -type f | head -n 3)"
  done
  tell "all jobs so far shared $1 jars that each node fetched once"
}

# A folder of HDFS: name, length, time of change, a line each.
hdfs_list() { # path
  dev_cluster ask namenode "/webhdfs/v1$1?op=LISTSTATUS" | tr '{' '\n' |
    sed -n 's/.*"length":\([0-9]*\),"modificationTime":\([0-9]*\).*"pathSuffix":"\([^"]*\)".*/\3 \1 \2/p' | sort
}
