// IAM policy language. In: the text of a policy and what it is attached to. Out: findings, completions and hover texts, each with
// offsets into that text. Never: sends anything, knows an editor, or throws, whatever the text is.

export type PolicyService = 'sns' | 'sqs' | 's3';

/** What a policy is attached to, as far as it is known. */
export interface Attachment {
  /** `resource`: it names principals. `identity`: whoever has it is the principal. `unknown`: the text itself tells. */
  readonly kind: 'resource' | 'identity' | 'unknown';
  /** Whose policy it is. Absent: actions of any service may stand in it. */
  readonly service?: PolicyService;
  /** Of the topic, queue or bucket. */
  readonly arn?: string;
  /** The owner: 12 digits. */
  readonly account?: string;
}

export type Severity = 'error' | 'warning';

/** Offsets are UTF-16 code units from the beginning, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Edit extends Span {
  readonly text: string;
}

/** A change that mends a finding. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
}

export interface Finding extends Span {
  readonly code: string;
  /** `error`: AWS refuses it, or it can have no effect. `warning`: AWS takes it, and it does perhaps not what is meant. */
  readonly severity: Severity;
  /** What is wrong, then what to do. */
  readonly message: string;
  readonly fixes: readonly Fix[];
}
