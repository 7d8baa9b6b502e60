// What the tests' preparation decides on machines that are not this one.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withLock } from './vscode/lock.ts';
import { type Machine, planBuildTools } from './vscode/machine.ts';

const bare: Machine = {
  platform: 'linux',
  root: true,
  manager: 'apt',
  hasCommand: () => false,
  hasHeader: () => false,
};

describe('planBuildTools', () => {
  it('installs all on a bare Debian as root', () => {
    expect(planBuildTools(bare)).toEqual({ kind: 'install', packages: ['python3', 'make', 'g++', 'libkrb5-dev'] });
  });

  it('installs only what is missing', () => {
    const machine = { ...bare, hasCommand: (name: string) => name !== 'make' };
    expect(planBuildTools(machine)).toEqual({ kind: 'install', packages: ['make', 'libkrb5-dev'] });
  });

  it('does nothing where all is there', () => {
    const machine = { ...bare, hasCommand: () => true, hasHeader: () => true };
    expect(planBuildTools(machine)).toEqual({ kind: 'nothing' });
  });

  it.each([
    ['who is not root', { ...bare, root: false }, 'sudo apt-get install -y python3 make g++ libkrb5-dev'],
    ['Fedora', { ...bare, manager: 'dnf' as const }, 'dnf install -y python3 make gcc-c++ krb5-devel'],
    ['a Mac', { ...bare, platform: 'darwin' as const, manager: 'none' as const }, 'xcode-select --install'],
    ['another system', { ...bare, manager: 'none' as const }, 'python3, make, g++, libkrb5-dev'],
  ])('names the one command to %s', (_, machine, command) => {
    const remedy = planBuildTools(machine);
    expect(remedy.kind === 'tell' && remedy.sentence).toContain(command);
  });
});

describe('withLock', () => {
  const lockFile = () => join(mkdtempSync(join(tmpdir(), 'lock-')), 'lock');

  it('lets one work at a time', async () => {
    const file = lockFile();
    const steps: string[] = [];
    const work = (name: string) => async () => {
      steps.push(`${name} begins`);
      await new Promise((done) => setTimeout(done, 20));
      steps.push(`${name} ends`);
    };
    await Promise.all([withLock(file, work('one')), withLock(file, work('two'))]);
    expect(steps).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
  });

  it('takes over from a holder that died', async () => {
    const file = lockFile();
    // No process has this number: it is above what systems give.
    writeFileSync(file, '99999999');
    expect(await withLock(file, async () => readFileSync(file, 'utf8'))).toBe(String(process.pid));
  });
});
