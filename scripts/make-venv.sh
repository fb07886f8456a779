#!/bin/sh
# Make a virtual environment with the first Python >= 3.11 that really runs.
# usage: make-venv.sh FOLDER [PYTHON]
set -u
folder=$1
wanted=${2:-}

usable() {
    # An interpreter on PATH may be a shim that exits with 127, so it is run, not looked up.
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

python=
for candidate in ${wanted:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
    if usable "$candidate"; then python=$candidate; break; fi
done
if [ -z "$python" ]; then
    echo "No Python >= 3.11 was found${wanted:+ (PYTHON=$wanted does not run or is older)}." >&2
    echo "Install one, or name it: make PYTHON=/path/to/python3.12" >&2
    exit 1
fi
version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    echo "$python ($version) comes without venv or ensurepip, so no environment can be made." >&2
    echo "On Debian and Ubuntu the package python$version-venv brings it: apt-get install python$version-venv" >&2
    exit 1
fi
echo "Making $folder with $python ($version) ..."
"$python" -m venv --clear "$folder"
