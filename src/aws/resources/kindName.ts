/** The kinds of resources there are; one file each beside this one. */
export type KindName =
  | 'topic'
  | 'subscription'
  | 'queue'
  | 'messageMoveTask'
  | 'bucket'
  | 'stream'
  | 'instance'
  | 'samlProvider'
  | 'role'
  | 'userPool'
  | 'userPoolDomain'
  | 'identityProvider'
  | 'appClient';
