import { describe, expect, it } from 'vitest';
import { environmentLines } from '../../src/host/environment.ts';
import { profileNames } from '../../src/host/profiles.ts';
import { parseChoice, writeChoice } from '../../src/host/targetChoice.ts';

describe('where labs run', () => {
  it.each(['sandbox', 'aws', 'profile:work', 'profile:a b', 'http://localhost:4566'])(
    '%s is read and written alike',
    (text) => {
      expect(writeChoice(parseChoice(text))).toBe(text);
    },
  );

  it('falls back to the sandbox, never to an account', () => {
    expect(parseChoice('AWS please')).toEqual({ kind: 'sandbox' });
    expect(parseChoice('ftp://x', 'eu-west-1')).toEqual({ kind: 'sandbox', region: 'eu-west-1' });
  });
});

describe('profiles', () => {
  it('come from both files, by name only', () => {
    expect(
      profileNames('[default]\nregion=x\n[profile work]\n[profile "two words"]\n[sso-session s]\n[services x]\n'),
    ).toEqual(['default', 'work', 'two words']);
    expect(profileNames('[default]\r\naws_access_key_id = A\r\n[ other ]\r\n')).toEqual(['default', 'other']);
  });
});

it('environment lines are for the shell they are for', () => {
  expect(environmentLines({ A: '1' }, 'sh')).toBe("export A='1'\n");
  expect(environmentLines({ A: '1' }, 'powershell')).toBe("$env:A = '1'\n");
});
