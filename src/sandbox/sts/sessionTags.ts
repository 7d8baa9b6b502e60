// Tags of a session. Transitive ones go on to the sessions of roles that are assumed with it.
import { AwsError, type SessionFacts } from '../service.ts';

interface Given {
  readonly Tags?: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined;
  readonly TransitiveTagKeys?: readonly string[] | undefined;
}

const invalid = (message: string) => new AwsError('InvalidParameterValue', message, { status: 400 });

/** @throws InvalidParameterValue */
export function readSessionTags(
  { Tags = [], TransitiveTagKeys = [] }: Given,
  before: SessionFacts | undefined,
): Pick<SessionFacts, 'tags' | 'transitive'> {
  const keys = Tags.map(({ Key = '' }) => Key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw invalid('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
  const handed = before?.transitive ?? [];
  if (handed.some((key) => keys.includes(key.toLowerCase()))) {
    throw invalid(
      "One of the specified transitive tag keys can't be set because it conflicts with " +
        'a transitive tag key from the calling session.',
    );
  }
  if (!TransitiveTagKeys.every((key) => keys.includes(key.toLowerCase()))) {
    throw invalid('The specified transitive tag key must be included in the requested tags.');
  }
  const inherited = Object.entries(before?.tags ?? {}).filter(([key]) => handed.includes(key));
  const own = Tags.map(({ Key = '', Value = '' }) => [Key, Value] as const);
  return { tags: Object.fromEntries([...inherited, ...own]), transitive: [...handed, ...TransitiveTagKeys] };
}
