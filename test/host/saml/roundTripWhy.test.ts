// Why a sign-in was refused: in the words of the service that refused it.
import { expect, test } from 'vitest';
import { explainError } from '../../../src/host/saml/roundTripWhy.ts';

test.each(['audience', 'recipient', 'time', 'altered', 'other-key', 'wrapped', 'no-role'])(
  '%s at Cognito says nothing of what only STS writes down',
  (broken) => {
    const { why, realLife } = explainError('server_error', 'cognito', broken);
    expect(`${why} ${realLife}`).not.toMatch(/CloudTrail|rules turn into roles/);
  },
);

test('a wrapped signature shows in CloudTrail where STS refused it', () => {
  expect(explainError('Response signature invalid', 'aws', 'wrapped').realLife).toContain('CloudTrail');
});
