import { describe, expect, it } from 'vitest';
import { environmentLines } from '../../src/host/environment.ts';
import { profilesIn } from '../../src/host/profiles.ts';
import { shownName } from '../../src/host/shownName.ts';
import { parseChoice, writeChoice } from '../../src/host/targetChoice.ts';

describe('where labs run', () => {
  it.each(['sandbox', 'aws', 'profile:work', 'profile:a b', 'pasted:Learner Lab', 'http://localhost:4566'])(
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
  const names = (config: string, credentials = '') => profilesIn(config, credentials).map(({ name }) => name);

  it('come from both files, by name', () => {
    expect(
      names(
        '[default]\nregion=x\n[profile work]\n[profile "two words"]\n[sso-session s]\n[services x]\n',
        '[work]\n[old]\r\n',
      ),
    ).toEqual(['default', 'old', 'two words', 'work']);
  });

  it.each([
    ['sso', 'sso_session = s\nsso_account_id = 1'],
    ['sso', 'sso_start_url = https://x'],
    ['role', 'role_arn = r\nsource_profile = s'],
    ['role-mfa', 'role_arn = r\nsource_profile = s\nmfa_serial = m'],
    ['process', 'credential_process = /bin/x'],
    ['keys', 'aws_access_key_id = A\naws_secret_access_key = B'],
    ['web-identity', 'role_arn = r\nweb_identity_token_file = f'],
    ['login', 'login_session = arn'],
    ['other', 'region = us-east-1'],
    ['other', 's3 =\n  endpoint_url = http://x\n  role_arn = no'],
  ])('are of the kind %s', (kind, text) => {
    expect(profilesIn(`[profile p]\n${text}\n`, '')).toMatchObject([{ name: 'p', kind }]);
  });

  it('say their region and endpoint, and no secret', () => {
    const found = profilesIn(
      '[profile p]\nregion = eu-west-1\nendpoint_url = http://x\n',
      '[p]\naws_access_key_id = A1\naws_secret_access_key = S1\n',
    );
    expect(found).toEqual([{ name: 'p', kind: 'keys', region: 'eu-west-1', endpoint: 'http://x' }]);
  });

  it('have names that are shown safely', () => {
    expect(shownName('$(trash) [x](command:y)\u202Ez\n')).toBe('$ (trash) [x] (command:y) z');
    expect(shownName('a'.repeat(100))).toHaveLength(60);
  });
});

it('environment lines are for the shell they are for', () => {
  expect(environmentLines({ A: '1' }, 'sh')).toBe("export A='1'\n");
  expect(environmentLines({ A: '1' }, 'powershell')).toBe("$env:A = '1'\n");
});
