import assert from 'node:assert/strict';
import { availableParallelism, loadavg } from 'node:os';
import * as vscode from 'vscode';
import { figure } from '../suiteHost.ts';

const id = 'aws-learning-labs.aws-learning-labs';
/** Of a machine with more to do than it has processors, the clock tells more about the others. */
const busy = loadavg()[0] ?? 0;
const limit = busy > availableParallelism() ? 60 : 20;

describe('activation', () => {
  it('waits until it is needed, and takes less than 20 ms of an idle machine', async () => {
    const extension = vscode.extensions.getExtension<unknown>(id);
    assert.ok(extension, `the extension ${id} is installed`);
    assert.equal(extension.isActive, false, 'it is not active at startup');

    const began = performance.now();
    const api = await extension.activate();
    const whole = performance.now() - began;
    const own = activatedIn(api);
    figure(
      'activate()',
      `${own.toFixed(1)} ms; with loading and the way to the editor and back ${whole.toFixed(1)} ms; load ${busy.toFixed(1)}`,
    );
    assert.ok(own < limit, `activate() took ${own} ms, limit ${limit} ms`);
  });
});

function activatedIn(api: unknown): number {
  assert.ok(api instanceof Object && 'activatedIn' in api && typeof api.activatedIn === 'number');
  return api.activatedIn;
}
