// What a bucket answers to web pages of other origins: to their preflight requests, and as headers of the answers themselves.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html
import type { CORSRule } from '@aws-sdk/client-s3';

export interface CorsQuestion {
  readonly origin: string;
  readonly method: string;
  /** Of a preflight: the headers the page wants to send. */
  readonly headers: readonly string[];
}

/** Headers of the first rule that fits; undefined where none does. */
export function corsHeaders(
  rules: readonly CORSRule[] | undefined,
  question: CorsQuestion,
): Record<string, string> | undefined {
  const rule = rules?.find((one) => fits(one, question));
  if (!rule) return undefined;
  const anybody = rule.AllowedOrigins?.includes('*') ?? false;
  return {
    'Access-Control-Allow-Origin': anybody ? '*' : question.origin,
    'Access-Control-Allow-Methods': (rule.AllowedMethods ?? []).join(', '),
    ...(question.headers.length > 0 && { 'Access-Control-Allow-Headers': question.headers.join(', ').toLowerCase() }),
    ...(rule.ExposeHeaders?.length && { 'Access-Control-Expose-Headers': rule.ExposeHeaders.join(', ') }),
    ...(rule.MaxAgeSeconds !== undefined && { 'Access-Control-Max-Age': String(rule.MaxAgeSeconds) }),
    ...(!anybody && { 'Access-Control-Allow-Credentials': 'true' }),
    Vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}

function fits(rule: CORSRule, { origin, method, headers }: CorsQuestion): boolean {
  return (
    (rule.AllowedMethods ?? []).includes(method) &&
    (rule.AllowedOrigins ?? []).some((pattern) => matches(pattern, origin)) &&
    headers.every((header) =>
      (rule.AllowedHeaders ?? []).some((pattern) => matches(pattern.toLowerCase(), header.toLowerCase())),
    )
  );
}

function matches(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === text;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
}
