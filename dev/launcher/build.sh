# shellcheck shell=sh disable=SC2034,SC2154 # the parts share their variables
# The build: what is outdated, how to build it, and how to start the service.

jar=$root/server/target/framewise.jar

# The operating system packages of the native libraries.
check_system() {
  case $(uname -s)-$(uname -m) in
    Linux-x86_64 | Linux-aarch64 | Darwin-* | MINGW*-x86_64 | MSYS*-x86_64) ;;
    *) die "has no native libraries for $(uname -s) on $(uname -m): use Linux on x86-64 or arm64, macOS, or Windows on x86-64" ;;
  esac
  [ "$(uname -s)" = Linux ] || return 0
  if ldd --version 2>&1 | grep -qi musl; then
    die "needs a Linux with glibc and this one has musl: use Debian, Ubuntu, Fedora or a similar one, for example: docker run -it debian:12"
  fi
  libraries=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null) || return 0
  case $libraries in
    '' | *libstdc++.so.6*) return 0 ;;
  esac
  case $(package_manager) in
    dnf) die "needs the C++ library; install it with: $(install_command dnf libstdc++)" ;;
    pacman) die "needs the C++ library; install it with: $(install_command pacman gcc-libs)" ;;
    *) die "needs the C++ library; install it with: $(install_command apt libstdc++6)" ;;
  esac
}

maven() { (become_maven "$@"); }

become_maven() {
  cd "$root" || exit 1
  JAVA_HOME=$java_home exec ./mvnw "$@"
}

# True when any of the files and folders after $1 is newer than $1.
newer_than() {
  than=$1
  shift
  [ -n "$(find "$@" -newer "$than" -print 2>/dev/null | head -n 1)" ]
}

stale() { [ ! -f "$jar" ] || (cd "$root" && newer_than "$jar" pom.xml ./*/pom.xml ./*/src/main docs .mvn); }

# Maven's progress, from its log: "media (2 of 6), 87 files downloaded (214 MB)".
# shellcheck disable=SC2317 # with_progress calls it
build_progress() {
  awk '
    /Building Framewise .*\[[0-9]+\/[0-9]+\]/ {
      module = $0
      sub(/.*Building Framewise /, "", module)
      step = module
      sub(/ .*/, "", module)
      sub(/.*\[/, "", step)
      sub(/\].*/, "", step)
      sub(/\//, " of ", step)
    }
    /Downloaded from/ {
      files++
      size = $0
      sub(/.*\(/, "", size)
      split(size, parts, " ")
      bytes += parts[1] * (parts[2] == "MB" ? 1000000 : parts[2] == "kB" ? 1000 : 1)
    }
    END {
      if (NR == 0) { print "downloading Maven"; exit }
      line = module ~ /^[a-z0-9]+$/ ? "building " module " (" step ")" : "preparing the build"
      if (files) line = line sprintf(", %d files downloaded (%d MB)", files, bytes / 1000000)
      print line
    }' "$1"
}

build() {
  check_system
  if [ -f "$jar" ]; then
    say "Building what has changed ..."
  else
    say "Building for the first time. This takes a few minutes, mostly to download libraries ..."
  fi
  log=$root/server/target/build.log
  begin=$root/server/target/build.begin
  mkdir -p "$root/server/target"
  : >"$begin"
  if ! with_progress "$log" build_progress \
    become_maven -B -pl server -am -Dmaven.test.skip=true -Dspotless.check.skip=true package; then
    grep -E '^\[(ERROR|WARNING)\] .' "$log" >&2 || cat "$log" >&2
    die "the build failed. See the lines above; the whole log is in $log"
  fi
  # The jar gets the time when its build began, so that files edited meanwhile are newer.
  touch -r "$begin" "$jar"
}

# Options of every start. With the serial collector and a small initial heap, idle memory is 60 % of that with the defaults.
# Frames and models live outside the heap; without a limit the heap would grow to a quarter of the memory before it is collected.
# A service that runs out of memory exits, so that its supervisor restarts it; otherwise half of it would keep running.
jvm_options='-XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:+ExitOnOutOfMemoryError -Xms16m -Xmx256m --enable-native-access=ALL-UNNAMED'

ready_jar() {
  find_jdk
  if stale; then build; fi
}

# The startup cache makes later starts twice as fast. It is valid for one jar, one JDK and the same options.
prepare_quick_start() {
  aot=$root/server/target/framewise-$java_version.aot
  if [ -f "$aot" ] && ! newer_than "$aot" "$jar"; then return; fi
  say "Building the startup cache (once per build) …"
  # Built beside its place and moved when complete: another start may be reading or building one.
  made=$root/server/target/startup-cache.$$
  # shellcheck disable=SC2086 # several words on purpose
  if ! "$java_home/bin/java" $jvm_options -XX:AOTCacheOutput="$made" -jar "$jar" rehearse \
    </dev/null >"$root/server/target/rehearsal.log" 2>&1; then
    say "Can't build the startup cache (see server/target/rehearsal.log). Framewise starts more slowly without it."
    : >"$made"
  fi
  rm -f "$root"/server/target/framewise-*.aot
  mv "$made" "$aot"
}

run_jar() {
  prepare_quick_start
  # shellcheck disable=SC2086 # several words on purpose
  exec "$java_home/bin/java" $jvm_options -XX:AOTCache="$aot" -Xlog:aot=off -Xlog:cds=off ${FRAMEWISE_JVM_OPTIONS-} -jar "$jar" "$@"
}
