// What we ourselves refuse, in words for people; the same two halves as an AwsFailure.
export class LabRefusal extends Error {
  readonly code: string;
  readonly what: string;
  readonly advice: string;

  constructor(code: string, what: string, advice: string) {
    super(`${what} ${advice}`.trim());
    this.name = 'LabRefusal';
    this.code = code;
    this.what = what;
    this.advice = advice;
  }
}
