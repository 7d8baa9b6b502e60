import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  ListTagsCommand,
  UntagResourceCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AwsError } from '../../../src/sandbox/service.ts';
import { startTestSandbox, type TestSandbox } from '../start.ts';
import { testServices } from './testServices.ts';

let aws: TestSandbox;
let lambda: LambdaClient;
const seen: object[] = [];
const arn = 'arn:aws:lambda:us-east-1:123456789012:function:f';

beforeAll(async () => {
  aws = await startTestSandbox({
    services: testServices({
      lambda: {
        Invoke(input) {
          seen.push(input);
          return {
            StatusCode: input.InvocationType === 'Event' ? 202 : 200,
            Payload: Buffer.from('{"ok":true}'),
            ExecutedVersion: '$LATEST',
          };
        },
        CreateFunction(input) {
          seen.push(input);
          return { FunctionName: input.FunctionName, MemorySize: 128 };
        },
        UpdateFunctionCode(input) {
          seen.push(input);
          return {};
        },
        ListFunctions(input) {
          seen.push(input);
          return { Functions: [{ FunctionName: 'f' }] };
        },
        GetFunction(input) {
          throw new AwsError('ResourceNotFoundException', `Function not found: ${input.FunctionName}`);
        },
        DeleteFunction: () => ({}),
        UntagResource: (input) => void seen.push(input),
      },
    }),
  });
  lambda = aws.client(LambdaClient);
  // The schemas of a big service take a while to be compiled for the test.
  await aws.sandbox.hosting.load('lambda');
}, 60_000);
afterAll(() => aws.stop());

it('binds path, query, headers, payload and status', async () => {
  const answer = await lambda.send(
    new InvokeCommand({
      FunctionName: arn,
      Qualifier: 'live',
      InvocationType: 'Event',
      Payload: Buffer.from('{"a":1}'),
    }),
  );
  expect(seen.pop()).toEqual({
    FunctionName: arn,
    Qualifier: 'live',
    InvocationType: 'Event',
    Payload: Buffer.from('{"a":1}'),
  });
  expect([answer.StatusCode, answer.Payload?.transformToString(), answer.ExecutedVersion]).toEqual([
    202,
    '{"ok":true}',
    '$LATEST',
  ]);
});

it('reads bodies with bytes', async () => {
  const input = {
    FunctionName: 'f',
    Role: 'arn:aws:iam::123456789012:role/r',
    Code: { ZipFile: new Uint8Array([80, 75, 3, 4]) },
    Environment: { Variables: { A: 'b' } },
  };
  expect(await lambda.send(new CreateFunctionCommand(input))).toMatchObject({
    FunctionName: 'f',
    MemorySize: 128,
    $metadata: { httpStatusCode: 201 },
  });
  expect(seen.pop()).toEqual({ ...input, Code: { ZipFile: Buffer.from([80, 75, 3, 4]) } });
  await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: 'f', ZipFile: new Uint8Array(1000) }));
  expect(seen.pop()).toEqual({ FunctionName: 'f', ZipFile: Buffer.alloc(1000) });
});

it('reads numbers and lists of the query', async () => {
  await lambda.send(new ListFunctionsCommand({ MaxItems: 3, Marker: 'a&b' }));
  expect(seen.pop()).toEqual({ MaxItems: 3, Marker: 'a&b' });
  await lambda.send(new UntagResourceCommand({ Resource: arn, TagKeys: ['a', 'b c'] }));
  expect(seen.pop()).toEqual({ Resource: arn, TagKeys: ['a', 'b c'] });
});

it('refuses by name, with the status of the error', async () => {
  await expect(lambda.send(new GetFunctionCommand({ FunctionName: 'none' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Function not found: none',
    Type: 'User',
    $metadata: { httpStatusCode: 404 },
  });
  await expect(lambda.send(new ListTagsCommand({ Resource: arn }))).rejects.toMatchObject({ name: 'NotImplemented' });
  await lambda.send(new DeleteFunctionCommand({ FunctionName: 'f' }));
});

it('counts what is missing', async () => {
  const sent = lambda.send(new CreateFunctionCommand({ FunctionName: 'f' } as never));
  await expect(sent).rejects.toMatchObject({
    name: 'ValidationException',
    message:
      "2 validation errors detected: Value null at 'role' failed to satisfy constraint: Member must not be null; Value null at 'code' failed to satisfy constraint: Member must not be null",
  });
});
