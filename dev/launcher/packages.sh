# shellcheck shell=sh disable=SC2034,SC2154 # the parts share their variables
# The packages that the tests need: which are missing, and how to install them.

# One requirement per line: name | check for it | its packages for apt | dnf | pacman | brew
test_needs() {
  cat <<'NEEDS'
ffmpeg|have ffmpeg|ffmpeg|ffmpeg-free|ffmpeg|ffmpeg
chromium|has_chromium|chromium|chromium|chromium|--cask chromium
npm|have npm|npm|nodejs-npm|npm|node
curl|have curl|curl ca-certificates|curl|curl|curl
fonts|has_font|fonts-dejavu-core|dejavu-sans-fonts|ttf-dejavu|--cask font-dejavu
gstreamer|have gst-launch-1.0|gstreamer1.0-tools|gstreamer1|gstreamer|gstreamer
gstreamer|has_element videotestsrc|gstreamer1.0-plugins-base|gstreamer1-plugins-base|gst-plugins-base|gstreamer
gstreamer|has_element rtph264pay|gstreamer1.0-plugins-good|gstreamer1-plugins-good|gst-plugins-good|gstreamer
gstreamer|has_element webrtcbin|gstreamer1.0-plugins-bad|gstreamer1-plugins-bad-free|gst-plugins-bad|gstreamer
gstreamer|has_element x264enc|gstreamer1.0-plugins-ugly|gstreamer1-plugins-ugly|gst-plugins-ugly|gstreamer
gstreamer|has_element nice|gstreamer1.0-nice|libnice-gstreamer1|libnice|gstreamer
gstreamer|has_binding GstRtspServer|python3-gi gir1.2-gst-rtsp-server-1.0|python3-gobject gstreamer1-rtsp-server|python-gobject gst-rtsp-server|pygobject3
gstreamer|has_binding GstWebRTC|python3-gi gir1.2-gst-plugins-bad-1.0|python3-gobject|python-gobject|pygobject3
webrtc|has_library libpulse.so.0|libpulse0|pulseaudio-libs|libpulse|
webrtc|has_library libX11.so.6|libx11-6|libX11|libx11|
webrtc|has_library libXfixes.so.3|libxfixes3|libXfixes|libxfixes|
webrtc|has_library libXrandr.so.2|libxrandr2|libXrandr|libxrandr|
webrtc|has_library libXcomposite.so.1|libxcomposite1|libXcomposite|libxcomposite|
webrtc|has_library libdbus-1.so.3|libdbus-1-3|dbus-libs|dbus|
webrtc|has_library libudev.so.1|libudev1|systemd-libs|systemd-libs|
mosquitto|has_mosquitto|mosquitto|mosquitto|mosquitto|mosquitto
coturn|have turnserver|coturn|coturn|coturn|coturn
postgresql|has_postgres|postgresql|postgresql-server|postgresql|postgresql@17
promtool|have promtool|prometheus|golang-github-prometheus|prometheus|prometheus
shellcheck|have shellcheck|shellcheck|ShellCheck|shellcheck|shellcheck
NEEDS
}

# The path of Chromium; a snap cannot read the temporary folders of tests.
find_chromium() {
  for place in "${CHROMIUM-}" /usr/bin/chromium /usr/bin/google-chrome /usr/bin/chromium-browser \
    "/Applications/Chromium.app/Contents/MacOS/Chromium" "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
    "$HOME"/.cache/ms-playwright/chromium-*/chrome-linux*/chrome; do
    if [ -x "$place" ] && ! grep -qs snap "$place"; then
      echo "$place"
      return
    fi
  done
  return 1
}

has_chromium() { find_chromium >/dev/null; }
has_font() {
  [ "$(uname -s)" = Darwin ] || [ -n "$(find /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" -iname '*.ttf' 2>/dev/null | head -n 1)" ]
}
# Checks for an element or a plugin of GStreamer.
has_element() { have gst-inspect-1.0 && gst-inspect-1.0 "$1" >/dev/null 2>&1; }
has_binding() {
  /usr/bin/python3 -c "import gi; gi.require_version('$1', '1.0')" 2>/dev/null
}
# Brokers are installed in sbin, which is not in every user's PATH.
has_mosquitto() { PATH=$PATH:/usr/sbin:/usr/local/sbin have mosquitto; }
# Debian and Homebrew do not add the server's programs to the PATH.
has_postgres() {
  have initdb || ls /usr/lib/postgresql/*/bin/initdb /opt/homebrew/opt/postgresql*/bin/initdb /usr/local/opt/postgresql*/bin/initdb 2>/dev/null | grep -q .
}
has_library() {
  [ "$(uname -s)" != Linux ] || PATH=$PATH:/sbin:/usr/sbin ldconfig -p | grep -qF "$1 "
}

# Sets missing to the unmet requirements ("ffmpeg gstreamer") and missing_packages to the packages for them.
find_missing() {
  missing=
  missing_packages=
  case $(package_manager) in
    dnf) column=4 ;;
    pacman) column=5 ;;
    brew) column=6 ;;
    *) column=3 ;;
  esac
  needs=$(test_needs)
  old_ifs=$IFS
  IFS='
'
  for need in $needs; do
    IFS=$old_ifs
    check=$(echo "$need" | cut -d '|' -f 2)
    $check && continue
    name=${need%%|*}
    case " $missing " in *" $name "*) ;; *) missing="$missing $name" ;; esac
    missing_packages="$missing_packages $(echo "$need" | cut -d '|' -f $column)"
  done
  IFS=$old_ifs
  missing=${missing# }
  missing_packages=$(echo "$missing_packages" | tr ' ' '\n' | awk 'NF && !seen[$0]++' | tr '\n' ' ')
  missing_packages=${missing_packages% }
}

# shellcheck disable=SC2317 # with_progress calls it
apt_progress() {
  awk '/^Get:/ { got++ } /^Unpacking / { unpacked++ } /^Setting up / { set++ }
    /newly installed/ { all = $3 }
    END { if (unpacked && unpacked >= all) printf "%d of %d packages set up\n", set, all
      else if (unpacked) printf "%d of %d packages unpacked\n", unpacked, all
      else if (got) printf "%d files downloaded\n", got }' "$1"
}

apt_install() {
  # shellcheck disable=SC2086 # empty or "sudo -n"
  $root_command env DEBIAN_FRONTEND=noninteractive sh -c \
    'apt-get update && apt-get -y --no-install-recommends install "$@"' apt "$@"
}

# Installs packages if permitted; otherwise stops and prints the command to run. $1 is their purpose.
install_or_stop() {
  purpose=$1
  shift
  manager=$(package_manager)
  [ -n "$manager" ] || die "needs $* to $purpose, and found no package manager that it supports: install them and try again"
  if [ "$manager" != apt ] || ! root_command=$(as_root); then
    die "needs some packages to $purpose. Install them and try again: $(install_command "$manager" "$@")"
  fi
  say "Installing packages to $purpose: $*"
  install_log=$(mktemp)
  if ! with_progress "$install_log" apt_progress apt_install "$@"; then
    grep -E '^(E|W):' "$install_log" >&2 || tail -n 20 "$install_log" >&2
    rm -f "$install_log"
    die "the packages could not be installed; the lines above say why. The command was: $(install_command apt "$@")"
  fi
  rm -f "$install_log"
}

# Ubuntu's package "chromium" is a snap, which cannot read the files of tests; Playwright provides another build.
fetch_playwrights_chromium() {
  playwright=$(sed -n 's:.*<playwright.version>\(.*\)</playwright.version>.*:\1:p' "$root/pom.xml")
  say "Downloading Chromium with Playwright $playwright ..."
  PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD='' npx --yes "playwright@$playwright" install --with-deps chromium >&2 ||
    die "Chromium could not be downloaded; the lines above say why. Set CHROMIUM to the path of an installed one and try again."
}

# Installs what the tests need, or prints what will be skipped, which missing lists afterwards.
prepare_tests() {
  find_missing
  [ -n "$missing" ] || return 0
  if [ "$(package_manager)" != apt ]; then
    say "Some tests will be skipped, because this machine lacks: $missing"
    if [ -n "$missing_packages" ]; then
      # shellcheck disable=SC2086 # one word a package
      say "Install it with: $(install_command "$(package_manager)" $missing_packages)"
    fi
    return 0
  fi
  if [ "${skip_missing-}" = yes ]; then
    say "Some tests will be skipped, because this machine lacks: $missing"
    return 0
  fi
  ubuntu=$(sed -n 's/^ID=ubuntu$/yes/p' /etc/os-release 2>/dev/null)
  if [ -n "$ubuntu" ]; then missing_packages=$(echo " $missing_packages " | sed 's/ chromium / /'); fi
  # shellcheck disable=SC2086 # one word a package
  if [ -n "${missing_packages# }" ]; then install_or_stop "run the tests" $missing_packages; fi
  if [ -n "$ubuntu" ] && ! has_chromium; then fetch_playwrights_chromium; fi
  find_missing
  [ -z "$missing" ] || die "still lacks $missing after its packages were installed: $missing_packages"
}
