# shellcheck shell=sh disable=SC2034,SC2154 # the parts share their variables
# The JDK: an installed one that is new enough, else Temurin, downloaded into a cache.

wanted=25
jdk_cache=${XDG_CACHE_HOME:-$HOME/.cache}/framewise/jdk
jdk_work=$jdk_cache/.download.$$
jdk_lock=$jdk_cache/.lock

# The version of the JDK in folder $1 ("25.0.3"); empty when there is none.
jdk_version() {
  if [ ! -x "$1/bin/java" ] || [ ! -x "$1/bin/javac" ]; then return 0; fi
  if [ -f "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\(.*\)".*/\1/p' "$1/release"
  else
    "$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p'
  fi
}

# Uses the JDK in folder $1 if it is new enough.
take_jdk() {
  [ -n "$1" ] || return 1
  version=$(jdk_version "$1")
  major=${version%%[!0-9]*}
  [ -n "$major" ] && [ "$major" -ge "$wanted" ] || return 1
  java_home=$1
  java_version=$version
}

# The home of the `java` on the PATH. macOS has a stub there that opens a dialog: never run it.
java_on_path() {
  found=$(command -v java) || return 0
  if [ "$(uname)" = Darwin ] && [ "$found" = /usr/bin/java ]; then return 0; fi
  "$found" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
}

# Searches the usual places of JDKs, then the cache.
find_installed_jdk() {
  take_jdk "${JAVA_HOME-}" && return
  for place in /usr/lib/jvm/*"$wanted"* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    take_jdk "$place" && return
  done
  take_jdk "$(java_on_path)" && return
  if [ -x /usr/libexec/java_home ]; then
    take_jdk "$(/usr/libexec/java_home -v "$wanted+" 2>/dev/null || :)" && return
  fi
  return 1
}

find_jdk() {
  case ${FRAMEWISE_JDK-} in
    '' | system | temurin) ;;
    *) die "FRAMEWISE_JDK is \"$FRAMEWISE_JDK\" but must be system, temurin or empty" ;;
  esac
  # FRAMEWISE_JDK=temurin ignores installed JDKs.
  if [ "${FRAMEWISE_JDK-}" != temurin ]; then
    find_installed_jdk && return
  fi
  if [ "${FRAMEWISE_JDK-}" = system ]; then
    die "needs a JDK $wanted or newer, found none, and FRAMEWISE_JDK=system forbids downloading one. Install it with: $(how_to_install_jdk) (or set JAVA_HOME to one)"
  fi
  take_cached_jdk && return
  fetch_jdk
}

# The command that installs a JDK on this operating system.
how_to_install_jdk() {
  sdkman="curl -s https://get.sdkman.io | bash && . ~/.sdkman/bin/sdkman-init.sh && sdk install java $wanted-tem"
  case $(package_manager) in
    brew) install_command brew "openjdk@$wanted" ;;
    apt)
      if apt-cache show "openjdk-$wanted-jdk-headless" >/dev/null 2>&1; then
        install_command apt "openjdk-$wanted-jdk-headless"
      else
        echo "$sdkman"
      fi
      ;;
    dnf) install_command dnf "java-$wanted-openjdk-devel" ;;
    pacman) install_command pacman jdk-openjdk ;;
    zypper) install_command zypper "java-$wanted-openjdk-devel" ;;
    *) echo "$sdkman" ;;
  esac
}

# --- Temurin -------------------------------------------------------------------------------------

# macOS has its JDK two folders further down.
take_cached_jdk() {
  for place in "$jdk_cache"/temurin-*/Contents/Home "$jdk_cache"/temurin-*; do
    take_jdk "$place" && return
  done
  return 1
}

# Stops because the JDK cannot be downloaded; $1 is the reason.
no_jdk() {
  die "$1 Install a JDK $wanted with: $(how_to_install_jdk) (or set JAVA_HOME to one, or FRAMEWISE_JDK_URL to the archive of a mirror)"
}

jdk_platform() {
  case $(uname -s) in
    Linux) jdk_os=linux ;;
    Darwin) jdk_os=mac ;;
    *) no_jdk "There is no JDK to download for $(uname -s) by this script." ;;
  esac
  case $(uname -m) in
    x86_64 | amd64) jdk_arch=x64 ;;
    aarch64 | arm64) jdk_arch=aarch64 ;;
    *) no_jdk "There is no JDK to download for a $(uname -m) processor by this script." ;;
  esac
}

# Runs the client that downloads URL $1 into file $2; fails on an error reply or a truncated one.
become_download() {
  if have curl; then
    exec curl --fail --silent --show-error --location --retry 2 --connect-timeout 20 --output "$2" "$1"
  else
    exec wget --no-verbose --tries=3 --timeout=20 --output-document="$2" "$1"
  fi
}

download() { (become_download "$@"); }

# A fresh debootstrap system has neither curl nor wget, nor certificates to verify a server.
need_download_client() {
  if have curl || have wget; then
    if [ "$(package_manager)" != apt ] || [ -e /etc/ssl/certs/ca-certificates.crt ]; then return; fi
  fi
  install_or_stop "download a JDK" curl ca-certificates
}

sha256_of() {
  if have sha256sum; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# shellcheck disable=SC2317 # with_progress calls it
jdk_progress() {
  [ ! -f "$jdk_work/jdk.tar.gz" ] || wc -c <"$jdk_work/jdk.tar.gz" | awk '$1 >= 1000000 { printf "%d MB\n", $1 / 1000000 }'
}

# Sets jdk_url to the archive to download. FRAMEWISE_JDK_URL is an archive or the address of an API like Adoptium's.
find_jdk_archive() {
  api=${FRAMEWISE_JDK_URL:-https://api.adoptium.net/v3}
  case $api in
    *.tar.gz | *.tgz)
      jdk_url=$api
      return
      ;;
  esac
  query="architecture=$jdk_arch&image_type=jdk&os=$jdk_os&vendor=eclipse"
  asked="${api%/}/assets/latest/$wanted/hotspot?$query"
  if ! download "$asked" "$jdk_work/assets.json" 2>"$jdk_work/log"; then
    no_jdk "$asked cannot be reached: $(tail -n 1 "$jdk_work/log")."
  fi
  jdk_url=$(grep -oE '"link" *: *"[^"]*\.tar\.gz"' "$jdk_work/assets.json" | head -n 1 | cut -d '"' -f 4)
  [ -n "$jdk_url" ] || no_jdk "$asked names no archive."
}

# Downloads Temurin into the cache: verified against the published SHA-256, unpacked elsewhere and moved
# into place in one step, so that an incomplete download never counts as a JDK.
fetch_jdk() {
  jdk_platform
  mkdir -p "$jdk_cache" || no_jdk "$jdk_cache cannot be created."
  need_download_client
  lock_jdk
  trap drop_jdk_work EXIT
  # Another start may have downloaded it while this one waited.
  if ! take_cached_jdk; then
    say "No JDK $wanted found: downloading Temurin $wanted (about 140 MB) into $jdk_cache ..."
    fetch_checked_jdk
  fi
  drop_jdk_work
}

fetch_checked_jdk() {
  rm -rf "$jdk_work"
  mkdir -p "$jdk_work/unpacked"
  find_jdk_archive
  archive=$jdk_work/jdk.tar.gz
  if ! with_progress "$jdk_work/log" jdk_progress become_download "$jdk_url" "$archive"; then
    no_jdk "The download of $jdk_url failed: $(tail -n 1 "$jdk_work/log")."
  fi
  if ! download "$jdk_url.sha256.txt" "$jdk_work/sha256" 2>"$jdk_work/log"; then
    no_jdk "The checksum $jdk_url.sha256.txt cannot be downloaded: $(tail -n 1 "$jdk_work/log")."
  fi
  published=$(grep -oE '[0-9a-fA-F]{64}' "$jdk_work/sha256" | head -n 1 | tr 'A-F' 'a-f')
  [ -n "$published" ] || no_jdk "$jdk_url.sha256.txt holds no SHA-256 checksum."
  actual=$(sha256_of "$archive")
  if [ "$actual" != "$published" ]; then
    no_jdk "$jdk_url is damaged or was replaced: its SHA-256 is $actual, the published one is $published. The download was deleted."
  fi
  if ! tar -xzf "$archive" -C "$jdk_work/unpacked" 2>"$jdk_work/log"; then
    no_jdk "$jdk_url cannot be unpacked: $(tail -n 1 "$jdk_work/log")."
  fi
  for unpacked in "$jdk_work"/unpacked/*; do
    if take_jdk "$unpacked" || take_jdk "$unpacked/Contents/Home"; then
      rm -rf "$jdk_cache/temurin-$java_version"
      mv "$unpacked" "$jdk_cache/temurin-$java_version"
      take_cached_jdk && return
    fi
  done
  no_jdk "$jdk_url holds no JDK $wanted or newer."
}

drop_jdk_work() {
  trap - EXIT
  rm -rf "$jdk_work" "$jdk_lock"
}

# One download at a time: only one process can create the folder. The lock of a process that ended is taken over.
lock_jdk() {
  waited=0
  until mkdir "$jdk_lock" 2>/dev/null; do
    owner=$(cat "$jdk_lock/pid" 2>/dev/null || :)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null || [ -z "$owner" ] && [ "$waited" -gt 5 ]; then
      rm -rf "$jdk_lock"
      continue
    fi
    if [ "$waited" -eq 0 ]; then say "Waiting for another ./framewise that is downloading the JDK ..."; fi
    waited=$((waited + 1))
    sleep 1
  done
  echo $$ >"$jdk_lock/pid"
  # Remains of a download whose process was killed.
  for left in "$jdk_cache"/.download.*; do
    kill -0 "${left##*.}" 2>/dev/null || rm -rf "$left"
  done
}
