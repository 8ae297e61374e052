# shellcheck shell=sh disable=SC2034,SC2154 # the parts share their variables
# The tests: their requirements, Maven's runs, the other checks, and the summary.

# Starts a command in the background and sets started to its process id. Ctrl+C reaches it only through the traps.
running=
beside() {
  "$@" </dev/null &
  started=$!
  running="$running $started"
  trap 'kill $running 2>/dev/null || :; exit 130' INT
  trap 'kill $running 2>/dev/null || :; exit 143' TERM
}

# Starts a check: $1 names it, the command follows. end_checks prints its output.
checks=
begin_check() {
  check_name=$1
  shift
  mkdir -p "$root/target/checks"
  beside "$@" >"$root/target/checks/$check_name.log" 2>&1
  checks="$checks
$started $check_name"
}

# Waits for the checks, prints their output, and adds their outcomes to the summary.
end_checks() {
  while read -r check_pid check_name; do
    [ -n "$check_pid" ] || continue
    if wait "$check_pid"; then
      outcome passed "$check_name"
    else
      outcome "failed:see the lines under \"== $check_name\" above" "$check_name"
    fi
    say "== $check_name"
    cat "$root/target/checks/$check_name.log" >&2
  done <<CHECKS
$checks
CHECKS
}

outcomes=
outcome() {
  outcomes="$outcomes
$2=$1"
}

check_scripts() { (cd "$root" && shellcheck -x framewise .ci/run .ci/check-console .ci/check-contract operations/check-vulnerabilities); }

# Several Maven processes run at once: the locks keep two of them from downloading the same file.
become_shared_maven() {
  become_maven -B --no-transfer-progress -Daether.syncContext.named.factory=file-lock \
    -Daether.syncContext.named.nameMapper=file-gav "$@"
}

check_format() { become_shared_maven -q spotless:check; }

# A failed test stops nothing: every module runs, and the reports are counted afterwards.
become_testing_maven() {
  become_shared_maven --fail-at-end -Dspotless.check.skip=true -Dmaven.test.failure.ignore=true \
    -Dsurefire.failIfNoSpecifiedTests=false "-Dtest.missing=$missing" -Dtest.browsers="$parallel" "$@"
}

# The modules with tests: each line is one Maven process. In one process, the tests of a module would start only after those of
# the modules it uses, and the cores would be idle while the last class of each module waits for something. The number is how
# many classes more than cores run concurrently: many of server's wait for a time-out, a camera or a process.
test_lanes() {
  cat <<'LANES'
1 server
0 e2e bench
0 testing media webrtc overshoot vision engine dev
LANES
}

# Builds all modules, then tests the lanes at the same time. If a module can't be built, tests what can be tested.
test_side_by_side() {
  beside become_testing_maven -T "$parallel" -Dmaven.test.skip=true "$@" package
  if ! wait "$started"; then
    test_in_order verify "$@"
    return
  fi
  lanes=
  while read -r more modules; do
    only="-pl $(echo "$modules" | tr ' ' ,) -am -Dskip.others=true"
    for module in $modules; do only="$only -Dskip.$module=false"; done
    # shellcheck disable=SC2086 # several words on purpose
    beside become_testing_maven -Dtest.forks="$((parallel + more))" -Dmaven.main.skip=true $only "$@" test
    lanes="$lanes $started"
  done <<LANES
$(test_lanes)
LANES
  lanes_status=0
  for lane in $lanes; do wait "$lane" || lanes_status=$?; done
  return "$lanes_status"
}

# One Maven process, for chosen modules or a phase.
test_in_order() {
  beside become_testing_maven -T "$parallel" -Dtest.forks="$((parallel + 1))" "$@"
  wait "$started"
}

# Runs a command with its output in $test_log and on the terminal.
logged() {
  log_pipe=$root/target/test.pipe
  rm -f "$log_pipe"
  mkfifo "$log_pipe"
  tee "$test_log" <"$log_pipe" >&2 &
  tee=$!
  logged_status=0
  "$@" >"$log_pipe" 2>&1 || logged_status=$?
  wait "$tee"
  rm -f "$log_pipe"
  return "$logged_status"
}

# Modules and browsers that run concurrently: one per core, up to four.
test_parallelism() {
  cores=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
  [ "$cores" -le 4 ] || cores=4
  echo "$cores"
}

usage_of_test() {
  cat <<'HELP'
  ./framewise test               all tests, format, shell scripts, types of the console, API contracts; installs what they need
  ./framewise test --quick       without browsers and whole services: what one runs before a commit
  ./framewise test --skip-missing
                                 installs nothing and skips what this machine lacks
  ./framewise test -pl media -am other words go to Maven: here, one module and what it uses
HELP
}

run_tests() {
  quick=
  skip_missing=
  way=test_side_by_side
  for word; do
    shift
    case $word in
      --quick) quick=yes ;;
      --skip-missing) skip_missing=yes ;;
      -h | --help)
        usage_of_test
        return
        ;;
      # Properties and profiles apply to every module; other words, such as -pl, choose some.
      -D* | -P*) set -- "$@" "$word" ;;
      *)
        way='test_in_order verify'
        set -- "$@" "$word"
        ;;
    esac
  done
  if [ -n "$quick" ]; then
    skip_missing=yes
    way='test_in_order test'
    set -- -pl '!e2e,!bench' "-Dsurefire.excludesFile=$root/dev/launcher/not-quick.txt" "$@"
  fi
  check_system
  prepare_tests
  find_jdk
  if chromium=$(find_chromium); then export CHROMIUM="$chromium"; fi
  export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

  mkdir -p "$root/target"
  test_log=$root/target/test.log
  find "$root" -path '*/target/surefire-reports/*' -delete 2>/dev/null || :
  parallel=$(test_parallelism)

  # Downloads Maven when it is missing, before several processes need it.
  maven -q --version >/dev/null
  begin_check "Format" check_format
  if have shellcheck; then begin_check "Shell scripts" check_scripts; else outcome "skipped:shellcheck is not installed" "Shell scripts"; fi
  if [ -n "$quick" ]; then
    :
  elif have npm; then
    begin_check "Types of the console" "$root/.ci/check-console"
    begin_check "API contracts" "$root/.ci/check-contract"
  else
    outcome "skipped:npm is not installed" "Types of the console"
    outcome "skipped:npm is not installed" "API contracts"
  fi
  say "== Build and tests"
  # shellcheck disable=SC2086 # several words on purpose
  if logged $way "$@"; then
    outcome passed "Build and tests"
  else
    outcome 'failed:see the lines under "== Build and tests" above' "Build and tests"
  fi
  end_checks
  say "== Summary"
  old_ifs=$IFS
  IFS='
'
  # shellcheck disable=SC2086 # one word a line
  set -- $outcomes
  IFS=$old_ifs
  "$java_home/bin/java" -XX:TieredStopAtLevel=1 "$root/dev/src/main/java/framewise/dev/report/ReportMain.java" "$root" "$test_log" "$@"
}
