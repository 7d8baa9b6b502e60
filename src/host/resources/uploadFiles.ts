// Files and whole folders onto a bucket or a folder of one, with progress and a way to stop. Never: replaces an object without a word.
import { filesIn, keysThere, mistakeInKey, putFile } from '../../aws/actions/objects.ts';
import type { Found } from '../../aws/resources/kind.ts';
import type { Target } from '../../aws/target.ts';
import { askWhetherSure } from '../dialogs.ts';
import { Refusal } from '../explain.ts';
import { withCancel } from './actions/actionRim.ts';
import { keyText } from './keyText.ts';

export interface Upload {
  readonly bucket: Found;
  /** Empty, or ending with a slash. */
  readonly prefix: string;
  readonly paths: readonly string[];
  /** Somebody has said so already. */
  readonly replace?: boolean;
}

/** Answers with the keys; undefined where the person gave up. */
export async function uploadFiles(target: Target, upload: Upload): Promise<readonly string[] | undefined> {
  const { bucket, prefix, paths, replace = false } = upload;
  const files = (await Promise.all(paths.map((path) => filesIn(path, prefix)))).flat();
  const keys = files.map(({ key }) => key);
  const mistake = keys.map((key) => mistakeInKey(key)).find((each) => each !== undefined);
  if (mistake !== undefined) throw new Refusal({ what: mistake, advice: 'Nothing was uploaded.' });
  if (!replace && !(await mayReplace(target, bucket, keys))) return undefined;
  await withCancel(`Uploading to ${bucket.name}`, async (signal, report) => {
    for (const [place, { file, key }] of files.entries()) {
      signal.throwIfAborted();
      let bytes = 0;
      const onBytes = (more: number) => report(`${keyText(key)}, ${megabytes((bytes += more))}`);
      report(`${keyText(key)} (${place + 1} of ${files.length})`);
      await putFile(target, { file, bucket: bucket.name, key }, { signal, onBytes });
    }
  });
  return keys;
}

/** S3 replaces without a word. */
async function mayReplace(target: Target, bucket: Found, keys: readonly string[]): Promise<boolean> {
  const [first, ...others] = await withCancel(`Looking what is in ${bucket.name} already`, (signal) =>
    keysThere(target, bucket.name, keys, signal),
  );
  if (first === undefined) return true;
  const what = others.length === 0 ? `${keyText(first)} is` : `${keyText(first)} and ${others.length} more are`;
  return askWhetherSure(`${what} in ${bucket.name} already. Replace?`, 'Replace');
}

export const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
