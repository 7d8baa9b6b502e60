// `metadata`: SAML metadata, read by the validator. In: the first of its sources that is there. Out: what it says, and what AWS would say to it.
// Never: reads a file but the lab's own and the one that the learner chose.
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { describe, type CertificateDescription, type MetadataDescription } from '../saml/describe.ts';
import { findingsFor, type Finding } from '../saml/finding.ts';
import { mostBytes } from '../saml/readBytes.ts';
import { validate, type Validation } from '../saml/validate.ts';
import { resolve } from './expression.ts';
import type { Action, MetadataSource } from './model.ts';
import { LabRefusal } from './refusal.ts';
import type { Fact } from './snapshot.ts';
import type { StepContext } from './stepContext.ts';

export interface MetadataFound {
  readonly answer: object;
  readonly facts: readonly Fact[];
}

interface Source {
  readonly from: string;
  readonly content: string | Uint8Array;
}

export async function readMetadata(
  context: StepContext,
  { sources }: Extract<Action, { kind: 'metadata' }>,
): Promise<MetadataFound> {
  for (const each of sources) {
    const source = await find(context, each);
    if (source) return judge(source, context.clock.now());
  }
  throw new LabRefusal(
    'NoMetadata',
    'There is no metadata to read: no file was chosen, and this target has no identity provider of its own.',
    'Choose a file when you start the lab, or switch to the sandbox.',
  );
}

async function find(
  { lab, session, target, signal, scope }: StepContext,
  source: MetadataSource,
): Promise<Source | undefined> {
  switch (source.kind) {
    case 'identity-provider': {
      const content = await target.identityProvider?.metadata(signal);
      return content === undefined ? undefined : { from: "the sandbox's identity provider", content };
    }
    case 'file':
      return { from: source.name, content: contentOf(resolve(source.text, scope())) };
    case 'text':
      return { from: 'what was saved', content: contentOf(resolve(source.text, scope())) };
    case 'input': {
      const value = session.state.inputs[source.name] ?? '';
      if (lab.inputs.find(({ name }) => name === source.name)?.type !== 'file')
        return { from: `the input ${source.name}`, content: value };
      return value === '' ? undefined : { from: basename(value), content: await readChosen(value) };
    }
  }
}

const contentOf = (value: unknown): string | Uint8Array =>
  typeof value === 'string' || value instanceof Uint8Array ? value : JSON.stringify(value);

async function readChosen(path: string): Promise<Uint8Array> {
  const unusable = (why: string) =>
    new LabRefusal('NoFile', `The file ${path} ${why}.`, 'Choose another one, or reset the lab and leave it out.');
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(() => undefined);
  if (!file) throw unusable('cannot be read');
  try {
    const found = await file.stat();
    if (!found.isFile()) throw unusable('is no file');
    if (found.size > mostBytes) throw unusable('is too large for metadata');
    return await file.readFile();
  } finally {
    await file.close();
  }
}

const profiles = ['iam', 'cognito'] as const;

function judge({ from, content }: Source, now: number): MetadataFound {
  const validation = validate(content, { now });
  const told = describe(validation);
  const entity = told?.entities[0];
  const signing = (told?.timeline ?? []).filter(({ signsResponses }) => signsResponses).toReversed();
  const endpoints = (entity?.roles ?? []).flatMap((role) =>
    role.endpoints.map(({ service, binding, words, location }) => {
      return { role: role.kind, service, binding, words, location };
    }),
  );
  const findings = Object.fromEntries(
    [...profiles, 'adfs' as const].map((profile) => [profile, findingsFor(validation.findings, profile).map(plain)]),
  );
  const { text, entityID = '', signature, accepts } = validation;
  return {
    answer: {
      from,
      text,
      characters: text.length,
      lines: text.split('\n').length,
      entityID,
      maker: told?.maker ?? '',
      roles: (entity?.roles ?? []).map(({ kind, title }) => ({ kind, title })),
      signing: signing.map((one) => certificate(one, now)),
      endpoints,
      signature,
      accepts,
      findings,
    },
    facts: [...describedFacts(told, signing, now), ...verdictFacts(validation)],
  };
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

function certificate(one: CertificateDescription, now: number): object {
  const { subject, issuer, sha1, sha256, validFrom, validTo, keyType, keyBits, signedWith } = one;
  return {
    subject,
    issuer,
    sha1,
    sha256,
    validFrom: new Date(validFrom).toISOString(),
    validTo: new Date(validTo).toISOString(),
    expired: validTo < now,
    key: keyBits === undefined ? keyType : `${keyType} ${keyBits}`,
    signedWith,
  };
}

function plain({ rule, severity, message, line, column, awsMessage }: Finding): object {
  return { rule, severity, message, line, column, ...(awsMessage !== undefined && { awsMessage }) };
}

function describedFacts(
  told: MetadataDescription | undefined,
  signing: readonly CertificateDescription[],
  now: number,
): Fact[] {
  const entity = told?.entities[0];
  if (!entity) return [];
  const idp = entity.roles.find(({ kind }) => kind === 'IDPSSODescriptor');
  const signOn = (idp?.endpoints ?? []).filter(({ service }) => service === 'SingleSignOnService');
  const name = (at: number) => (signing.length === 1 ? '' : ` ${at + 1}`);
  return [
    { name: entity.entityIDCalled, value: entity.entityID ?? 'none' },
    ...(told.maker === undefined ? [] : [{ name: 'Made by', value: told.maker }]),
    { name: 'Roles', value: entity.roles.map(({ title }) => title).join(', ') || 'none' },
    ...signing.flatMap((one, at) => [
      { name: `Token-signing certificate${name(at)}`, value: one.subject },
      { name: 'Thumbprint (SHA-1)', value: one.sha1 },
      { name: 'Thumbprint (SHA-256)', value: one.sha256 },
      { name: 'Valid', value: `${day(one.validFrom)} to ${day(one.validTo)}${one.validTo < now ? ': expired' : ''}` },
    ]),
    ...signOn.map(({ words, location }) => ({ name: `Sign-in by ${words.split(':')[0] ?? words}`, value: location })),
  ];
}

const signatures: Readonly<Record<string, string>> = {
  none: 'not signed',
  valid: 'valid: nobody has changed the file since it was signed',
};

function verdictFacts({ findings, signature, accepts }: Validation): Fact[] {
  const count = (profile: (typeof profiles)[number]) => {
    const found = findingsFor(findings, profile);
    const of = (severity: Finding['severity'], word: string) => {
      const n = found.filter((one) => one.severity === severity).length;
      return n === 0 ? [] : [`${n} ${word}${n === 1 ? '' : 's'}`];
    };
    const said = [...of('error', 'error'), ...of('warning', 'warning'), ...of('info', 'remark')].join(', ');
    return `${accepts[profile] ? 'would take it' : 'would refuse it'}${said === '' ? '' : ` (${said})`}`;
  };
  const grave = findings.filter(({ severity }) => severity !== 'info').slice(0, 12);
  return [
    { name: 'Signature of the file', value: signatures[signature] ?? signature },
    { name: 'IAM', value: count('iam') },
    { name: 'Cognito', value: count('cognito') },
    ...grave.map(({ rule, severity, message, line, column }) => {
      return { name: `${severity === 'error' ? 'Error' : 'Warning'} ${rule}`, value: `${line}:${column} ${message}` };
    }),
  ];
}
