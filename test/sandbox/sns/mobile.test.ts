import {
  CheckIfPhoneNumberIsOptedOutCommand,
  CreatePlatformApplicationCommand,
  CreatePlatformEndpointCommand,
  CreateSMSSandboxPhoneNumberCommand,
  DeleteEndpointCommand,
  DeletePlatformApplicationCommand,
  GetEndpointAttributesCommand,
  GetPlatformApplicationAttributesCommand,
  GetSMSAttributesCommand,
  GetSMSSandboxAccountStatusCommand,
  ListEndpointsByPlatformApplicationCommand,
  ListPhoneNumbersOptedOutCommand,
  ListPlatformApplicationsCommand,
  ListSMSSandboxPhoneNumbersCommand,
  OptInPhoneNumberCommand,
  PublishCommand,
  SetEndpointAttributesCommand,
  SetPlatformApplicationAttributesCommand,
  SetSMSAttributesCommand,
  SubscribeCommand,
  VerifySMSSandboxPhoneNumberCommand,
  type CreatePlatformApplicationCommandInput,
} from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invalid, openSns, refusal, type OpenSns } from './openSns.ts';

let open: OpenSns;
beforeAll(async () => {
  open = await openSns();
});
afterAll(() => open.aws.stop());

const keys = { PlatformPrincipal: 'id', PlatformCredential: 'secret' };
const application = (input: Partial<CreatePlatformApplicationCommandInput>) =>
  open.sns.send(new CreatePlatformApplicationCommand({ Name: 'app', Platform: 'ADM', Attributes: keys, ...input }));
const noAttributes = {
  code: 'ValidationError',
  message:
    "1 validation error detected: Value null at 'attributes' failed to satisfy constraint: Member must not be null",
  status: 400,
};
const notFound = (what: string) => ({ code: 'NotFound', message: `${what} does not exist`, status: 404 });

describe('text messages', () => {
  it('end up in the mailbox, and who answers STOP gets no more until opted in', async () => {
    const phone = '+15551234567';
    await open.sns.send(new PublishCommand({ PhoneNumber: phone, Message: 'hello' }));
    const sms = (await open.mails()).find(({ to }) => to === phone);
    expect(sms).toMatchObject({ body: 'hello', from: 'NOTICE' });
    const optedOut = async () =>
      (await open.sns.send(new CheckIfPhoneNumberIsOptedOutCommand({ phoneNumber: phone }))).isOptedOut;
    expect(await optedOut()).toBe(false);
    await fetch(sms?.links[0]?.url ?? '');
    expect(await optedOut()).toBe(true);
    expect((await open.sns.send(new ListPhoneNumbersOptedOutCommand({}))).phoneNumbers).toEqual([phone]);
    await open.sns.send(new PublishCommand({ PhoneNumber: phone, Message: 'unread' }));
    await open.sns.send(new OptInPhoneNumberCommand({ phoneNumber: phone }));
    await open.sns.send(new PublishCommand({ PhoneNumber: phone, Message: 'again' }));
    const bodies = (await open.mails()).filter(({ to }) => to === phone).map(({ body }) => body);
    expect(bodies).toEqual(['hello', 'again']);
  });

  it.each(['+1a234', 'NAA+15551234567'])('do not go to %s', async (phone) => {
    expect(await refusal(open.sns.send(new PublishCommand({ PhoneNumber: phone, Message: 'x' })))).toEqual(
      invalid(`PhoneNumber Reason: ${phone} is not valid to publish to`),
    );
  });

  it('reach subscribers with the text for phones', async () => {
    const topic = await open.topic('phones');
    await open.sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: 'sms', Endpoint: '+15557654321' }));
    const Message = JSON.stringify({ default: 'long text', sms: 'short' });
    await open.sns.send(new PublishCommand({ TopicArn: topic, Message, MessageStructure: 'json' }));
    expect((await open.mails()).find(({ to }) => to === '+15557654321')?.body).toBe('short');
  });

  it('have settings, a closed list', async () => {
    const get = async (attributes: string[] = []) =>
      (await open.sns.send(new GetSMSAttributesCommand({ attributes }))).attributes;
    const set = (attributes: Record<string, string>) => open.sns.send(new SetSMSAttributesCommand({ attributes }));
    expect(await get()).toEqual({ MonthlySpendLimit: '1' });
    await set({ DefaultSMSType: 'Promotional', DefaultSenderID: 'LSTest' });
    expect(await get()).toEqual({ MonthlySpendLimit: '1', DefaultSMSType: 'Promotional', DefaultSenderID: 'LSTest' });
    expect(await get(['DefaultSMSType'])).toEqual({ DefaultSMSType: 'Promotional' });
    expect((await refusal(set({ DefaultSendID: 'x' }))).message).toBe('DefaultSendID is not a valid attribute');
    expect((await refusal(set({ DefaultSMSType: 'invalid' }))).message).toBe('DefaultSMSType is invalid');
  });

  it('AWS’s own sandbox of numbers: added, verified by the code, listed', async () => {
    expect((await open.sns.send(new GetSMSSandboxAccountStatusCommand({}))).IsInSandbox).toBe(true);
    const PhoneNumber = '+15550001111';
    await open.sns.send(new CreateSMSSandboxPhoneNumberCommand({ PhoneNumber }));
    const code = /\d{6}/.exec((await open.mails()).find(({ to }) => to === PhoneNumber)?.body ?? '')?.[0] ?? '';
    const verify = (OneTimePassword: string) =>
      open.sns.send(new VerifySMSSandboxPhoneNumberCommand({ PhoneNumber, OneTimePassword }));
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    expect((await refusal(verify(wrong))).code).toBe('VerificationException');
    await verify(code);
    expect((await open.sns.send(new ListSMSSandboxPhoneNumbersCommand({}))).PhoneNumbers).toEqual([
      { PhoneNumber, Status: 'Verified' },
    ]);
  });
});

describe('platform applications', () => {
  it('keep their credentials to themselves', async () => {
    const { PlatformApplicationArn } = await application({});
    expect(PlatformApplicationArn).toBe('arn:aws:sns:us-east-1:123456789012:app/ADM/app');
    const Attributes = { SuccessFeedbackSampleRate: '50' };
    await open.sns.send(new SetPlatformApplicationAttributesCommand({ PlatformApplicationArn, Attributes }));
    const got = await open.sns.send(new GetPlatformApplicationAttributesCommand({ PlatformApplicationArn }));
    expect(got.Attributes).toEqual({ Enabled: 'true', SuccessFeedbackSampleRate: '50' });
    const { PlatformApplications } = await open.sns.send(new ListPlatformApplicationsCommand({}));
    expect(PlatformApplications).toHaveLength(1);
  });

  const { PlatformPrincipal, PlatformCredential } = keys;
  it.each<[Partial<CreatePlatformApplicationCommandInput>, object]>([
    [{ Attributes: {} }, noAttributes],
    [
      { Attributes: { PlatformPrincipal } },
      invalid('Attributes Reason: PlatformPrincipal attribute provided without PlatformCredential'),
    ],
    [
      { Attributes: { PlatformCredential } },
      invalid('Attributes Reason: PlatformCredential attribute provided without PlatformPrincipal'),
    ],
    [{ Name: '' }, invalid(' Reason: cannot be empty')],
    [
      { Name: '@name' },
      invalid("@name Reason: must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and '.'"),
    ],
    [{ Name: 'a'.repeat(257) }, invalid(`${'a'.repeat(257)} Reason: must be at most 256 characters long`)],
    [{ Platform: 'AAA' }, invalid('Platform Reason: AAA is not supported')],
  ])('%j is refused', async (input, refused) => {
    expect(await refusal(application(input))).toEqual(refused);
  });
});

describe('platform endpoints', () => {
  const endpoint = (
    PlatformApplicationArn: string,
    Token: string,
    Attributes?: Record<string, string>,
    CustomUserData?: string,
  ) =>
    open.sns.send(
      new CreatePlatformEndpointCommand({
        PlatformApplicationArn,
        Token,
        ...(Attributes && { Attributes }),
        ...(CustomUserData === undefined ? {} : { CustomUserData }),
      }),
    );
  const attributes = async (EndpointArn: string) =>
    (await open.sns.send(new GetEndpointAttributesCommand({ EndpointArn }))).Attributes;
  const newApplication = async (Name: string) => (await application({ Name })).PlatformApplicationArn ?? '';

  it('are made once a token, listed, changed, deleted with their application', async () => {
    const app = await newApplication('lifecycle');
    const { EndpointArn = '' } = await endpoint(app, 'token_1');
    expect(EndpointArn).toMatch(/^arn:aws:sns:us-east-1:123456789012:endpoint\/ADM\/lifecycle\/[0-9a-f-]{36}$/);
    expect((await endpoint(app, 'token_1')).EndpointArn).toBe(EndpointArn);
    expect(await refusal(endpoint(app, 'token_1', { Enabled: 'false' }))).toEqual(
      invalid(`Token Reason: Endpoint ${EndpointArn} already exists with the same Token, but different attributes.`),
    );
    await open.sns.send(new SetEndpointAttributesCommand({ EndpointArn, Attributes: { Enabled: 'false' } }));
    expect(await attributes(EndpointArn)).toEqual({ Enabled: 'false', Token: 'token_1' });
    const list = () => open.sns.send(new ListEndpointsByPlatformApplicationCommand({ PlatformApplicationArn: app }));
    expect((await list()).Endpoints).toHaveLength(1);
    await open.sns.send(new DeleteEndpointCommand({ EndpointArn }));
    expect((await list()).Endpoints).toEqual([]);
    await open.sns.send(new DeletePlatformApplicationCommand({ PlatformApplicationArn: app }));
    expect(await refusal(list())).toEqual(notFound('PlatformApplication'));
  });

  it('take their own attributes only', async () => {
    const app = await newApplication('attributes');
    for (const name of ['PlatformPrincipal', 'InvalidKey'])
      expect(await refusal(endpoint(app, 't', { [name]: 'x' }))).toEqual(
        invalid(`Attributes Reason: Invalid attribute name: ${name}`),
      );
    expect(await refusal(endpoint(app, 't', { CustomUserData: 'x'.repeat(2049) }))).toEqual(
      invalid(
        'Attributes Reason: Invalid value for attribute: CustomUserData: must be at most 2048 bytes long in UTF-8 encoding',
      ),
    );
    const { EndpointArn = '' } = await endpoint(app, 't', { CustomUserData: 'foo' }, 'bar');
    expect(await attributes(EndpointArn)).toMatchObject({ CustomUserData: 'foo' });
    expect(await refusal(attributes(`${EndpointArn}x`))).toEqual(notFound('Endpoint'));
    expect(await refusal(attributes('arn:aws:sns:us-east-1:123456789012:endpoint/ADM/x'))).toEqual(
      invalid('EndpointArn Reason: Wrong number of slashes in relative portion of the ARN.'),
    );
  });

  it('get messages directly and by subscription, in the mailbox', async () => {
    const { EndpointArn = '' } = await endpoint(await newApplication('pushed'), 'token');
    await open.sns.send(new PublishCommand({ TargetArn: EndpointArn, Message: 'direct' }));
    const topic = await open.topic('pushes');
    await open.sns.send(new SubscribeCommand({ TopicArn: topic, Protocol: 'application', Endpoint: EndpointArn }));
    const Message = JSON.stringify({ default: 'd', ADM: 'for ADM' });
    await open.sns.send(new PublishCommand({ TopicArn: topic, Message, MessageStructure: 'json' }));
    const bodies = (await open.mails()).filter(({ to }) => to === EndpointArn).map(({ body }) => body);
    expect(bodies).toEqual(['direct', 'for ADM']);
  });
});
