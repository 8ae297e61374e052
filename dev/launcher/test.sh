# shellcheck shell=sh disable=SC2034,SC2154 # the parts share their variables
# The tests: their requirements, Maven's run, the other checks, and the summary.

# Runs a check named $1 with the command after it; the summary includes its outcome.
check() {
  check_name=$1
  shift
  say "== $check_name"
  if "$@" </dev/null >&2; then
    outcomes="$outcomes
$check_name=passed"
  else
    outcomes="$outcomes
$check_name=failed:see the lines under \"== $check_name\" above"
  fi
}

skip_check() {
  outcomes="$outcomes
$1=skipped:$2"
}

check_format() { maven -B -q --no-transfer-progress spotless:check; }
check_scripts() { (cd "$root" && shellcheck -x framewise .ci/run .ci/check-console .ci/check-contract operations/check-vulnerabilities); }

# Every module runs, even after failures: a failed test stops nothing, and the reports are counted afterwards.
maven_tests() {
  status_file=$root/target/test.status
  {
    maven_status=0
    maven -B --no-transfer-progress --fail-at-end -Dspotless.check.skip=true -Dmaven.test.failure.ignore=true \
      -Dsurefire.failIfNoSpecifiedTests=false "$@" || maven_status=$?
    echo "$maven_status" >"$status_file"
  } | tee "$test_log"
  [ "$(cat "$status_file")" = 0 ]
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
  for word; do
    shift
    case $word in
      --quick) quick=yes ;;
      --skip-missing) skip_missing=yes ;;
      -h | --help)
        usage_of_test
        return
        ;;
      *) set -- "$@" "$word" ;;
    esac
  done
  if [ -n "$quick" ]; then
    skip_missing=yes
    set -- test -pl '!e2e,!bench' "-Dsurefire.excludesFile=$root/dev/launcher/not-quick.txt" "$@"
  else
    set -- verify "$@"
  fi
  check_system
  prepare_tests
  find_jdk
  if chromium=$(find_chromium); then export CHROMIUM="$chromium"; fi
  export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

  mkdir -p "$root/target"
  test_log=$root/target/test.log
  find "$root" -path '*/target/surefire-reports/*' -delete 2>/dev/null || :
  outcomes=
  parallel=$(test_parallelism)
  # One more class than cores: many of them wait for a time-out, a camera or a process. Browsers do not.
  check "Build and tests" maven_tests -T "$parallel" -Dtest.forks="$((parallel + 1))" -Dtest.browsers="$parallel" \
    "-Dtest.missing=$missing" "$@"
  check "Format" check_format
  if have shellcheck; then check "Shell scripts" check_scripts; else skip_check "Shell scripts" "shellcheck is not installed"; fi
  if [ -n "$quick" ]; then
    :
  elif have npm; then
    check "Types of the console" "$root/.ci/check-console"
    check "API contracts" "$root/.ci/check-contract"
  else
    skip_check "Types of the console" "npm is not installed"
    skip_check "API contracts" "npm is not installed"
  fi
  say "== Summary"
  old_ifs=$IFS
  IFS='
'
  # shellcheck disable=SC2086 # one word a line
  set -- $outcomes
  IFS=$old_ifs
  "$java_home/bin/java" -XX:TieredStopAtLevel=1 "$root/dev/src/main/java/framewise/dev/report/ReportMain.java" "$root" "$test_log" "$@"
}
