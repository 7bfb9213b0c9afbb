/** Runs "$2"… "$1" times over, and exits as the last of them did. For `sh -c`, on any machine or image with a shell. */
export const repeatScript = `n=$1; shift; code=0
while [ "$n" -gt 0 ]; do "$@"; code=$?; n=$((n - 1)); done
exit "$code"`;

/**
 * As `repeatScript`, in a folder of its own with the files that come through stdin (see `fileLines`): readable by
 * nobody else, gone when it ends. So no key is an argument or outlives the call, even when the runner is killed.
 */
export const withFilesScript = `umask 077
folder=$(mktemp -d) || exit 125
trap 'rm -rf "$folder"' EXIT
trap 'exit 129' HUP INT TERM
cd "$folder" || exit 125
while read -r file line; do printf '%s\\n' "$line" >>"$file"; done
${repeatScript}`;

/** Text files as the scripts above read them: a line of the file after its name. Empty lines and indents are lost. */
export function fileLines(files: Readonly<Record<string, string>>): string {
  return Object.entries(files)
    .flatMap(([name, text]) =>
      text
        .split(/\r?\n/)
        .filter(Boolean)
        .map((line) => `${name} ${line}\n`),
    )
    .join("");
}
