# shellcheck shell=sh disable=SC2034,SC2154 # the parts share their variables
# The launcher's output, and its questions to the system.

say() { printf '%s\n' "$*" >&2; }

die() {
  say "framewise: $*"
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# The installed package manager: apt, dnf, pacman, zypper, brew; empty when there is none of these.
package_manager() {
  if [ "$(uname -s)" = Darwin ]; then
    if have brew; then echo brew; fi
  elif have apt-get; then
    echo apt
  else
    for manager in dnf pacman zypper; do
      if have $manager; then
        echo $manager
        return
      fi
    done
  fi
}

# The command that installs the packages $2... with package manager $1.
install_command() {
  manager=$1
  shift
  case $manager in
    apt) echo "sudo apt-get install --no-install-recommends $*" ;;
    dnf) echo "sudo dnf install $*" ;;
    pacman) echo "sudo pacman -S --needed $*" ;;
    zypper) echo "sudo zypper install $*" ;;
    brew) echo "brew install $*" ;;
  esac
}

# The prefix to run as root without a prompt: empty for root, "sudo -n" if it needs no password. Fails otherwise.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    echo
  elif have sudo && sudo -n true 2>/dev/null; then
    echo "sudo -n"
  else
    return 1
  fi
}

# Runs a command with its output in file $1. Shows the line that the command $2 prints about that file: on a terminal
# it is refreshed in place each second; elsewhere it is printed when it changes, at most every ten seconds.
with_progress() {
  progress_log=$1
  progress_of=$2
  shift 2
  mkdir -p "$(dirname -- "$progress_log")"
  : >"$progress_log"
  "$@" >"$progress_log" 2>&1 </dev/null &
  progress_pid=$!
  trap 'kill "$progress_pid" 2>/dev/null; exit 130' INT
  trap 'kill "$progress_pid" 2>/dev/null; exit 143' TERM
  progress_last=
  progress_pause=0
  progress_step=0.1
  while kill -0 "$progress_pid" 2>/dev/null; do
    # Poll quickly at first, for commands that end at once.
    sleep "$progress_step" 2>/dev/null || sleep 1
    progress_step=1
    progress_pause=$((progress_pause - 1))
    progress_line=$($progress_of "$progress_log")
    if [ "$progress_line" = "$progress_last" ] || [ -z "$progress_line" ]; then continue; fi
    if [ -t 2 ]; then
      printf '\r\033[K  %s' "$progress_line" >&2
      progress_last=$progress_line
    elif [ "$progress_pause" -le 0 ]; then
      progress_pause=10
      say "  $progress_line"
      progress_last=$progress_line
    fi
  done
  if [ -t 2 ] && [ -n "$progress_last" ]; then printf '\r\033[K' >&2; fi
  trap - INT TERM
  progress_status=0
  wait "$progress_pid" || progress_status=$?
  return "$progress_status"
}
