import { describe, expect, it } from 'vitest';
import { AwsFailure, type FailureKind } from '../../src/aws/errors.ts';
import { Refusal, explain } from '../../src/host/explain.ts';
import { callLine } from '../../src/host/log.ts';

const failure = (kind: FailureKind) => new AwsFailure(kind, { code: 'C', what: 'It happened.', advice: 'Do this.' });
const offers = (kind: FailureKind, onSandbox = false) => explain(failure(kind), onSandbox).offers.map(({ id }) => id);

describe('errors for people', () => {
  it('say what happened, what to do, and offer the act that mends it', () => {
    expect(explain(failure('wrong-region'), false)).toMatchObject({ what: 'It happened.', advice: 'Do this.' });
    expect(offers('wrong-region')[0]).toBe('switchRegion');
    expect(offers('credentials-expired')[0]).toBe('signIn');
    expect(offers('network', true)[0]).toBe('restartSandbox');
  });

  it('do not offer the sandbox in the sandbox, nor its restart elsewhere', () => {
    expect(offers('credentials-missing', true)).not.toContain('useSandbox');
    expect(offers('network')).toEqual(['switchTarget', 'showLog']);
  });

  it('never show a stack', () => {
    const notice = explain(new TypeError('x is not a function'), false);
    expect(JSON.stringify(notice)).not.toMatch(/ at |\.ts:/);
    expect(notice.offers).toEqual([{ id: 'showLog', label: 'Show log' }]);
  });

  it('are kept as they are where the host has already said it', () => {
    expect(explain(new Refusal({ what: 'No.' }), false)).toEqual({ severity: 'error', offers: [], what: 'No.' });
  });
});

it('a call is one line in the log, with its duration and what became of it', () => {
  expect(callLine({ operation: 'sns.CreateTopic', attempt: 1, ms: 12.4, requestId: 'r' })).toBe(
    'sns.CreateTopic ok 12 ms r',
  );
  expect(callLine({ operation: 'sns.CreateTopic', attempt: 2, ms: 3, error: { code: 'Throttled', what: 'x' } })).toBe(
    'sns.CreateTopic Throttled 3 ms (attempt 2)',
  );
});
