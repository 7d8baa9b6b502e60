// Whether a role's session or a user may do what it asks for: IAM knows, for every service at this one place before its handler runs.
// Here and not in the services' own `authorize`: they know nothing of roles, and whoever adds a service adds one table to IAM.
import type { Hosted, Hosting } from '../hosting.ts';
import type { IamPort } from '../ports.ts';
import type { Call } from '../service.ts';

/** Throws AccessDenied, or lets it be; a promise only while IAM is not loaded. */
export type Permit = (hosted: Hosted, operation: string, input: unknown, call: Call) => void | Promise<void>;

export function createPermit(hosting: Hosting): Permit {
  const ask = (iam: Hosted, { description, service }: Hosted, operation: string, input: unknown, call: Call): void => {
    // As in hosting.ts, a port's type is taken on trust; the input is a structure, which the wire has read.
    const port = iam.service?.port as IamPort | undefined;
    const policyOf = (arn: string) => service?.policyOf?.(arn);
    const conditionsOf = (arn: string) => service?.conditionsOf?.(arn) ?? {};
    const given = input as Readonly<Record<string, unknown>>;
    port?.authorizeCall(call, description.name, operation, given, policyOf, conditionsOf);
  };
  const load = async (hosted: Hosted, operation: string, input: unknown, call: Call): Promise<void> => {
    const iam = await hosting.load('iam');
    if (iam) ask(iam, hosted, operation, input, call);
  };
  return (hosted, operation, input, call) => {
    const iam = hosting.ready('iam');
    return iam ? ask(iam, hosted, operation, input, call) : load(hosted, operation, input, call);
  };
}
