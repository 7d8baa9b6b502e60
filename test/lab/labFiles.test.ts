// The files beside a lab: named in its expressions, judged with line and column, read only from their own folder.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { largestFile, listFiles, loadFiles } from '../../src/lab/labFiles.ts';
import type { Lab } from '../../src/lab/model.ts';
import { readLab } from '../../src/lab/readLab.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-'));
  mkdirSync(join(folder, 'files', 'pages'), { recursive: true });
  writeFileSync(join(folder, 'files', 'order.json'), '{"order": 1}\n');
  writeFileSync(join(folder, 'files', 'pages', 'index.html'), '<p>ü</p>');
  writeFileSync(join(folder, 'files', 'picture.bin'), new Uint8Array([0xff, 0xd8, 0]));
  writeFileSync(join(folder, 'secret.txt'), 'not of the lab');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const textUsing = (name: string) =>
  `---\ntitle: T\nsummary: S\nminutes: 1\nservices: [s3]\ncovers: []\n---\n\n# T\n\n## A\n\n\`\`\`yaml run\n- call: s3.PutObject\n  with:\n    Bucket: b\n    Key: k\n    Body: \${files."${name}"}\n\`\`\`\n`;

async function labUsing(name: string): Promise<Lab> {
  const { lab, problems } = await readLab(textUsing(name), { id: 'x' });
  expect(problems).toEqual([]);
  if (!lab) throw new Error('no lab');
  return { ...lab, folder };
}

describe('are had', () => {
  test.each([
    ['order.json', '{"order": 1}\n'],
    ['pages/index.html', '<p>ü</p>'],
    ['picture.bin', new Uint8Array([0xff, 0xd8, 0])],
  ])('%s', async (name, content) => {
    const loaded = await loadFiles(await labUsing(name));
    expect(Object.keys(loaded)).toEqual([name]);
    expect(loaded[name]).toEqual(typeof content === 'string' ? content : Buffer.from(content));
  });
});

describe('are not had', () => {
  test.each(['../secret.txt', '../../../../etc/passwd', '/etc/passwd', 'pages/../../secret.txt', '.', '', 'pages'])(
    'outside the folder, or no files: %s',
    async (name) => {
      await expect(loadFiles(await labUsing(name))).rejects.toThrow(
        /The lab's file .* (lies outside|is not there|is no file)/,
      );
    },
  );

  test('through a link that leads out of the folder', async () => {
    symlinkSync(join(folder, 'secret.txt'), join(folder, 'files', 'link.txt'));
    await expect(loadFiles(await labUsing('link.txt'))).rejects.toThrow(
      "The lab's file link.txt lies outside its folder.",
    );
  });

  test('where the folder "files" is itself a link that leads out of the lab', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'home-'));
    writeFileSync(join(elsewhere, 'credentials'), '[default]');
    rmSync(join(folder, 'files'), { recursive: true });
    symlinkSync(elsewhere, join(folder, 'files'));
    try {
      await expect(loadFiles(await labUsing('credentials'))).rejects.toThrow(
        "The lab's file credentials is not there.",
      );
      await expect(listFiles(folder)).resolves.toEqual([]);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  test('when they are too large', async () => {
    writeFileSync(join(folder, 'files', 'large.bin'), new Uint8Array(largestFile + 1));
    await expect(loadFiles(await labUsing('large.bin'))).rejects.toThrow('is larger than 1 MiB');
  });

  test('where the lab has no folder', async () => {
    rmSync(join(folder, 'files'), { recursive: true });
    await expect(loadFiles(await labUsing('order.json'))).rejects.toThrow(
      'It belongs in the folder "files" beside lab.md.',
    );
  });
});

test('a name that is none is reported at its place, with the nearest', async () => {
  const { lab, problems } = await readLab(textUsing('ordr.json'), { id: 'x', folder });
  expect(lab).toBeUndefined();
  expect(problems.map(({ range, message }) => `${range.start.line}:${range.start.column} ${message}`)).toEqual([
    '18:13 The folder "files" has no ordr.json. Did you mean order.json?',
  ]);
});
