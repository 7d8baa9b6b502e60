/** Who asks, for what, on what, in which circumstances. */
export interface PolicyRequest {
  readonly principal: PolicyPrincipal;
  /** `sqs:SendMessage` */
  readonly action: string;
  /** The ARN of what is asked for. */
  readonly resource: string;
  /** Condition keys (`aws:SourceArn`) and their values; key names are compared without case. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  /** Milliseconds since 1970: `aws:CurrentTime` and `aws:EpochTime` for policies that ask. */
  readonly now?: number;
}

export type PolicyPrincipal =
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'aws'; readonly account: string; readonly arn: string }
  | { readonly kind: 'federated'; readonly name: string }
  | { readonly kind: 'canonical'; readonly id: string }
  | { readonly kind: 'anonymous' };
