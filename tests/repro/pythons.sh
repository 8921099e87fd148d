#!/bin/bash
# Fetches newer Pythons from Debian's testing and unpacks them below a folder, beside this machine's own; nothing is installed, no rights are needed.
# Each gets the packages of tests/constraints.txt as wheels. Prints a line for each Python that runs, and one for each that does not.
#   pythons.sh FOLDER [VERSION...]
set -euo pipefail

here=$(cd "$(dirname "$0")/../.." && pwd)
place=$(mkdir -p "$1" && cd "$1" && pwd)
shift
[ $# -gt 0 ] || set -- 3.13 3.14 3.15
needs=(click jinja2 markdown markdown-it-py pillow pynacl pyyaml qrcode)
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -m1 '/debian/*$') || mirror=
[ -n "$mirror" ] || { echo "newer Pythons: none, as this is no Debian with a registry"; exit 0; }

# A registry of its own, and a machine on which nothing is installed yet: what a package needs comes with it.
mkdir -p "$place"/apt/{state/lists/partial,cache/archives/partial,parts}
: >"$place/apt/status"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror testing main" >"$place/apt/sources.list"
cat >"$place/apt/settings" <<SETTINGS
Dir::State "$place/apt/state";
Dir::State::status "$place/apt/status";
Dir::Cache "$place/apt/cache";
Dir::Etc::SourceList "$place/apt/sources.list";
Dir::Etc::SourceParts "$place/apt/parts";
APT::Sandbox::User "";
APT::Install-Recommends "0";
SETTINGS
export APT_CONFIG="$place/apt/settings"
apt-get -qq update || { echo "newer Pythons: none, as Debian's registry cannot be reached"; exit 0; }

for version in "$@"; do
  root="$place/$version" python="$place/python$version"
  if [ ! -x "$python" ]; then
    rm -rf "$root" "$place"/apt/cache/archives/*.deb
    if ! apt-get -qq --download-only install "python$version" >/dev/null 2>&1; then
      echo "Python $version: not in the registry"
      continue
    fi
    for package in "$place"/apt/cache/archives/*.deb; do dpkg-deb -x "$package" "$root"; done
    if ! "$here/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --target "$root/wheels" --python-version "$version" \
      --only-binary :all: -c "$here/tests/constraints.txt" "${needs[@]}" 2>"$place/pip.txt"; then
      echo "Python $version: $(grep -m1 -o 'No matching distribution found for .*' "$place/pip.txt" || echo 'no wheels of what the program needs')"
      continue
    fi
    libraries="$root/usr/lib/x86_64-linux-gnu:$root/lib/x86_64-linux-gnu"
    cat >"$python" <<RUN
#!/bin/sh
export PYTHONHOME="$root/usr" PYTHONPATH="\$PYTHONPATH:$root/wheels"
exec "$root/usr/lib64/ld-linux-x86-64.so.2" --library-path "$libraries" --argv0 "$python" "$root/usr/bin/python$version" "\$@"
RUN
    chmod +x "$python"
  fi
  echo "$python"
done
