# What the scripts of this folder share; to be sourced by bash.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

# Meson and msgfmt read UTF-8 files whatever the caller's locale.
build_locale=C.UTF-8

# say CHINESE ENGLISH
say ()
{
  printf '%s\n%s\n' "$1" "$2" >&2
}

# fail CHINESE ENGLISH
fail ()
{
  say "$@"
  exit 1
}

# configure FOLDER [OPTION…]: does nothing when FOLDER is already configured with these very options.
configure ()
{
  local folder=$1
  shift
  local wanted="$root ${CC:-} $*" stamp=$folder/configured-with log

  if [ -f "$folder/build.ninja" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
    return 0
  fi
  if [ -e "$folder" ] && [ ! -w "$folder" ]; then
    say "文件夹 $folder 不归您所有,无法写入。请删除它,或以原来的用户运行。" \
        "The folder $folder belongs to someone else. Remove it, or run this as its owner."
    return 1
  fi

  say "正在配置 ${folder#"$root"/} …" "Configuring ${folder#"$root"/} …"
  mkdir -p "$folder"
  log=$(mktemp)
  if ! { [ -f "$folder/build.ninja" ] && LC_ALL=$build_locale meson setup --reconfigure "$folder" "$root" "$@"; } \
       >"$log" 2>&1 </dev/null; then
    # A new folder, or one that another version of Meson or another place of the sources left behind.
    rm -rf "$folder"
    if ! LC_ALL=$build_locale meson setup "$folder" "$root" "$@" >"$log" 2>&1 </dev/null; then
      tail -n 20 "$log" >&2
      rm -f "$log"
      return 1
    fi
  fi
  rm -f "$log"
  printf '%s' "$wanted" >"$stamp"
}

# build FOLDER [TARGET…]: a moving line on a terminal, only what went wrong elsewhere.
build ()
{
  local folder=$1
  shift
  if [ -t 1 ]; then
    LC_ALL=$build_locale ninja -C "$folder" "$@"
  else
    say "正在编译 ${folder#"$root"/} …" "Building ${folder#"$root"/} …"
    LC_ALL=$build_locale ninja --quiet -C "$folder" "$@" </dev/null
  fi
}
