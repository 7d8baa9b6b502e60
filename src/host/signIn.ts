// Signing in, as the profile does it. In: the choice. Out: whether it is done, waits for a file to change, or is not for this kind.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { Refusal, offer } from './explain.ts';
import { findCommand } from './findCommand.ts';
import { credentialsFiles, readProfiles, type Profile, type ProfileKind } from './profiles.ts';
import { shownName } from './shownName.ts';

/** `done`: reading the credentials anew is all it takes. `waiting`: a person is at it, and the files will tell. */
export type SignedIn = 'done' | 'waiting';

/** What a profile's owner does to get new credentials. `undefined`: the default profile. */
export async function signInTo(profile: string | undefined, kept?: { clear(): void }): Promise<SignedIn> {
  const name = profile ?? process.env['AWS_PROFILE'] ?? 'default';
  kept?.clear();
  const { kind, name: whose } = signsInAs(await readProfiles(), name);
  return acts[kind](whose);
}

/** A role is had with the credentials of its source, and that is who signs in. */
function signsInAs(profiles: readonly Profile[], name: string): Pick<Profile, 'kind' | 'name'> {
  const profile = profiles.find((each) => each.name === name);
  const source = profiles.find((each) => each.name === profile?.source);
  if (source && (source.kind === 'sso' || source.kind === 'login')) return source;
  if (profile) return profile;
  throw new Refusal({
    what: `There is no profile ${shownName(name)} to sign in to.`,
    advice: 'Set one up with aws configure sso, choose another target, or paste temporary credentials.',
    offers: [offer('switchTarget'), offer('pasteCredentials')],
  });
}

const reread = async (): Promise<SignedIn> => 'done';

const acts: Readonly<Record<ProfileKind, (profile: string) => Promise<SignedIn>>> = {
  sso: (profile) => login(profile, ['sso', 'login']),
  login: (profile) => login(profile, ['login']),
  role: reread,
  'role-mfa': reread,
  process: reread,
  'web-identity': reread,
  keys: openCredentialsFile,
  other: (profile) => login(profile, ['sso', 'login']),
};

/** In a terminal that runs nothing but that: no shell reads the profile's name. */
async function login(profile: string, words: readonly string[]): Promise<SignedIn> {
  const aws = findCommand('aws', process.env);
  if (aws === undefined)
    throw new Refusal({
      what: `Signing in to profile ${shownName(profile)} needs the AWS CLI, version 2, which is not installed here.`,
      advice: 'Install it from https://aws.amazon.com/cli/, or paste temporary credentials from the access portal.',
      offers: [offer('pasteCredentials'), offer('switchTarget')],
    });
  if (await isVersion1(aws))
    throw new Refusal({
      what: `Signing in to profile ${shownName(profile)} needs version 2 of the AWS CLI, and version 1 is installed.`,
      advice:
        'Install version 2 from https://aws.amazon.com/cli/, or paste temporary credentials from the access portal.',
      offers: [offer('pasteCredentials'), offer('switchTarget')],
    });
  const shellArgs = [...words, '--profile', profile];
  vscode.window
    .createTerminal({ name: 'AWS sign-in', shellPath: aws, shellArgs, iconPath: new vscode.ThemeIcon('key') })
    .show();
  return 'waiting';
}

async function isVersion1(aws: string): Promise<boolean> {
  const { stdout, stderr } = await promisify(execFile)(aws, ['--version'], { timeout: 20_000 }).catch(() => ({
    stdout: '',
    stderr: '',
  }));
  return (stdout || stderr).startsWith('aws-cli/1.');
}

/** Keys that stand in a file are changed there. */
async function openCredentialsFile(): Promise<SignedIn> {
  const file = vscode.Uri.file(credentialsFiles().credentials);
  await vscode.window.showTextDocument(file);
  return 'waiting';
}
