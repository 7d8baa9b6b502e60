import { AwsFailure } from '../../../aws/errors.ts';

/**
 * `missing`: it is not there (any more). `elsewhere`: the path is of another account or region. `changed`: somebody else was there
 * before. `refused`: it cannot be like this. `unavailable`: not now.
 */
export type ProblemKind = 'missing' | 'elsewhere' | 'changed' | 'refused' | 'unavailable';

/** Why a document cannot be read or saved: what happened, then what to do. The text in the editor stays in any case. */
export class DocumentProblem extends Error {
  readonly kind: ProblemKind;
  readonly what: string;
  readonly advice: string;
  /** Some of it was saved. */
  readonly partly: boolean;

  constructor(kind: ProblemKind, what: string, advice: string, partly = false) {
    super(`${what} ${advice}`.trim());
    this.name = 'DocumentProblem';
    this.kind = kind;
    this.what = what;
    this.advice = advice;
    this.partly = partly;
  }
}

/** AWS's own words, and what to do with them in an editor. Whatever is no failure of AWS stays what it is. */
export function problemOf(error: unknown): unknown {
  if (!(error instanceof AwsFailure)) return error;
  if (error.code === 'PreconditionFailed' || error.code === 'ConditionalRequestConflict')
    return new DocumentProblem(
      'changed',
      'Somebody else has changed it meanwhile.',
      'Compare the two, or reload it; your text stays until then.',
    );
  const kind = error.kind === 'refused' || error.kind === 'access-denied' ? 'refused' : 'unavailable';
  return new DocumentProblem(kind, sentence(error.what), adviceFor(error));
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

function adviceFor({ kind, code, what, advice }: AwsFailure): string {
  switch (kind) {
    case 'credentials-expired':
    case 'credentials-missing':
    case 'credentials-invalid':
      return 'Sign in again (in the status bar), then try again.';
    case 'refused':
    case 'access-denied':
      return hints.find(([fits]) => fits.test(`${code}: ${what}`))?.[1] ?? 'Correct it, and save again.';
    case 'throttled':
    case 'service':
      return 'Wait a moment, and try again.';
    default:
      return advice;
  }
}

/** What the services' own words mean, where they do not say it. */
const hints: readonly (readonly [RegExp, string])[] = [
  [
    /BlockPublicPolicy|BlockPublicAccess/,
    "Turn BlockPublicPolicy off in the bucket's settings, if it is meant to be public.",
  ],
  [
    /PrincipalNotFound|Invalid principal/,
    'Check that each principal is there: AWS looks users, roles and accounts up.',
  ],
  [/out of service scope|invalid action/i, 'Use only actions of this service.'],
  [/invalid resource|does not apply to any resource/i, 'Check each Resource: it has to be this one.'],
  [/Unable to validate the following destination/, "Let s3.amazonaws.com in by the destination's own policy first."],
  [/Policy Error/, 'Check the statements; the Problems view lists what can be told from the text.'],
];
