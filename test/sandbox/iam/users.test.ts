import { CreateUserCommand, DeleteUserCommand, GetUserCommand, ListUsersCommand } from '@aws-sdk/client-iam';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noSuchEntity, openIam, refusal, type OpenIam } from './openIam.ts';

let open: OpenIam;
beforeAll(async () => {
  open = await openIam();
});
afterAll(() => open.aws.stop());

it('a user is made, found, listed and deleted', async () => {
  const { User } = await open.iam.send(new CreateUserCommand({ UserName: 'ann', Path: '/team/' }));
  expect(User).toMatchObject({
    Arn: 'arn:aws:iam::123456789012:user/team/ann',
    UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
  });
  expect((await open.iam.send(new GetUserCommand({ UserName: 'ann' }))).User).toEqual(User);
  const { Users } = await open.iam.send(new ListUsersCommand({ PathPrefix: '/team' }));
  expect(Users).toEqual([User]);
  expect(await refusal(open.iam.send(new CreateUserCommand({ UserName: 'ann' })))).toMatchObject({
    code: 'EntityAlreadyExists',
    message: 'User with name ann already exists.',
  });
  await open.iam.send(new DeleteUserCommand({ UserName: 'ann' }));
  expect(await refusal(open.iam.send(new GetUserCommand({ UserName: 'ann' })))).toEqual(
    noSuchEntity('The user with name ann cannot be found.'),
  );
});

it('the learner is a user', async () => {
  const { User } = await open.iam.send(new GetUserCommand({}));
  expect(User).toMatchObject({ UserName: 'learner', Arn: 'arn:aws:iam::123456789012:user/learner' });
});
