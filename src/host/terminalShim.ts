// The `aws` of a sandbox terminal: a few lines of shell in a folder that comes first on the PATH, which run the installed AWS CLI with
// --endpoint-url. Version 1 ignores AWS_ENDPOINT_URL for SQS; with this, both versions go to the sandbox for every service.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ShimFiles {
  /** To come first on the PATH. */
  readonly bin: string;
  /** Empty files in place of the user's own, so that no profile leaks into the terminal. */
  readonly config: string;
  readonly credentials: string;
}

/** Written anew each time: what somebody changed there does not stay. */
export function writeShim(folder: string): ShimFiles {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true, mode: 0o700 });
  writeFileSync(join(bin, 'aws'), unix);
  chmodSync(join(bin, 'aws'), 0o755);
  writeFileSync(join(bin, 'aws.cmd'), windows.replaceAll('\n', '\r\n'));
  const [config, credentials] = [join(folder, 'config'), join(folder, 'credentials')];
  for (const file of [config, credentials]) writeFileSync(file, '', { mode: 0o600 });
  return { bin, config, credentials };
}

const missing =
  'The AWS CLI is not installed. Install it from https://aws.amazon.com/cli/ and open this terminal again.';

const unix = `#!/bin/sh
# The AWS CLI, talking to the sandbox of AWS Labs. Written by the extension.
# Of this window, or of another whose terminal this one was started from: two that call each other never end.
is_shim() {
  { IFS= read -r first && IFS= read -r second; } <"$1" 2>/dev/null
  [ "$second" = '# The AWS CLI, talking to the sandbox of AWS Labs. Written by the extension.' ]
}
find_aws() {
  IFS=:
  for folder in $PATH; do
    if [ -x "$folder/aws" ] && [ -f "$folder/aws" ] && ! is_shim "$folder/aws"; then
      printf '%s\\n' "$folder/aws"
      return 0
    fi
  done
  return 1
}
if ! aws=$(find_aws); then
  echo "${missing}" >&2
  exit 127
fi
for word do
  case $word in
    --endpoint-url | --endpoint-url=*) exec "$aws" "$@" ;;
  esac
done
if [ -z "$AWS_ENDPOINT_URL" ]; then exec "$aws" "$@"; fi
exec "$aws" --endpoint-url "$AWS_ENDPOINT_URL" "$@"
`;

const windows = `@echo off
rem The AWS CLI, talking to the sandbox of AWS Labs. Written by the extension.
setlocal
set "AWS_LABS_CLI="
for /f "delims=" %%i in ('where aws.exe aws.cmd 2^>nul') do (
  if /i not "%%~dpi"=="%~dp0" if not defined AWS_LABS_CLI set "AWS_LABS_CLI=%%i"
)
if not defined AWS_LABS_CLI (
  echo ${missing} 1>&2
  exit /b 127
)
if not defined AWS_ENDPOINT_URL goto plain
set AWS_LABS_GIVEN=
for %%a in (%*) do if /i "%%~a"=="--endpoint-url" set AWS_LABS_GIVEN=1
if defined AWS_LABS_GIVEN goto plain
call "%AWS_LABS_CLI%" --endpoint-url "%AWS_ENDPOINT_URL%" %*
exit /b %errorlevel%
:plain
call "%AWS_LABS_CLI%" %*
exit /b %errorlevel%
`;
