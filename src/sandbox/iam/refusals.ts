import { AwsError } from '../service.ts';

/** IAM's refusals, worded as AWS words them. */
export const noSuch = (message: string) => new AwsError('NoSuchEntityException', message);
export const alreadyThere = (message: string) => new AwsError('EntityAlreadyExistsException', message);

export const noSuchRole = (name: string) => noSuch(`The role with name ${name} cannot be found.`);
export const noSuchRolePolicy = (name: string) => noSuch(`The role policy with name ${name} cannot be found.`);
export const noSuchUserPolicy = (name: string) => noSuch(`The user policy with name ${name} cannot be found.`);
export const noSuchKey = (id: string) => noSuch(`The Access Key with id ${id} cannot be found.`);
export const noSuchUser = (name: string) => noSuch(`The user with name ${name} cannot be found.`);
export const noSuchProfile = (name: string) => noSuch(`Instance Profile ${name} cannot be found.`);
export const notInProfile = (role: string, profile: string) =>
  noSuch(`Role ${role} in Instance Profile ${profile} cannot be found.`);
export const noSuchPolicy = (arn: string) => noSuch(`Policy ${arn} was not found.`);
export const notAttachable = (arn: string) => noSuch(`Policy ${arn} does not exist or is not attachable.`);
export const noSuchScope = (arn: string) => noSuch(`Scope ARN: ${arn} does not exist or is not attachable.`);

export const roleExists = (name: string) => alreadyThere(`Role with name ${name} already exists.`);
export const userExists = (name: string) => alreadyThere(`User with name ${name} already exists.`);
export const profileExists = (name: string) => alreadyThere(`Instance Profile ${name} already exists.`);
export const policyExists = (name: string) =>
  alreadyThere(`A policy called ${name} already exists. Duplicate names are not allowed.`);

export const conflict = (message: string) => new AwsError('DeleteConflictException', message);
export const overLimit = (message: string) => new AwsError('LimitExceededException', message);
export const malformed = (message: string) => new AwsError('MalformedPolicyDocumentException', message);
export const invalidInput = (message: string) => new AwsError('InvalidInputException', message);
export const invalid = (message: string) => new AwsError('ValidationError', message, { status: 400 });
export const denied = (message: string) => new AwsError('AccessDenied', message, { status: 403 });
