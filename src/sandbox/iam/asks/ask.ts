// What an operation asks for, in the words of policies. One file here for each service whose operations roles are held to.

/** An action on a resource; an operation may need several. */
export interface Ask {
  /** As AWS's refusals name it: 'sqs:sendmessage', 'SNS:Publish'. Policies compare it without case. */
  readonly action: string;
  readonly resource: string;
  /** How refusals name the resource, where that is not its ARN. */
  readonly said?: string;
  /** Condition keys of this service. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

export interface Place {
  readonly account: string;
  readonly region: string;
  readonly caller: { readonly arn: string; readonly kind: string };
}

/** The members of an operation's input, whichever operation it is. */
export type Input = Readonly<Record<string, unknown>>;

/** What the operation asks for; nothing where everybody may do it. */
export type Asks = (operation: string, input: Input, place: Place) => readonly Ask[];

export const textOf = (input: Input, name: string): string | undefined => {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
};
