import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The first program of this name on the PATH. On Windows only one that can be started without a shell. */
export function findCommand(name: string, env: NodeJS.ProcessEnv, platform = process.platform): string | undefined {
  const path = env['PATH'] ?? env['Path'] ?? '';
  const file = platform === 'win32' ? `${name}.exe` : name;
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, file))
    .find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
