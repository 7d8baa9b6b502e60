import type { RequestMessage } from '../protocol/message.ts';

// The one border every message from a webview crosses. What does not have exactly the fields its kind has, in
// exactly their forms, is refused whole: a webview is not trusted to know our types.

/**
 * Forms a field can have. `id`: an identifier we gave out; `index`: a place in a list; `text`: what a person typed; `long`: the same, as large as
 * what a service takes.
 */
type Form = 'id' | 'index' | 'text' | 'long' | 'texts';

type FormOf<Field> = Field extends number ? 'index' : Field extends string ? 'id' | 'text' | 'long' : 'texts';
type FieldsOf<Request> = { readonly [Name in Exclude<keyof Request, 'kind'>]-?: FormOf<Required<Request>[Name]> };

/** For each kind of request: its fields and their forms. The compiler holds it to the request's type. */
export type RequestTable<Request extends { readonly kind: string }> = {
  readonly [Kind in Request['kind']]: FieldsOf<Extract<Request, { kind: Kind }>>;
};

const longestText = 20_000;
/** A record of 10 MiB in base64, as JSON. */
const longest = 32_000_000;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const accepts: Readonly<Record<Form, (value: unknown) => boolean>> = {
  id: (value) => typeof value === 'string' && /^[\p{L}\p{N}\p{M}_.:/-]{1,200}$/u.test(value),
  index: (value) => Number.isInteger(value) && Number(value) >= 0,
  text: (value) => typeof value === 'string' && value.length <= longestText,
  long: (value) => typeof value === 'string' && value.length <= longest,
  texts: (value) => isRecord(value) && Object.values(value).every((each) => accepts.text(each)),
};

export function parseMessage<Request extends { readonly kind: string }>(
  table: RequestTable<Request>,
  message: unknown,
): RequestMessage<Request> | undefined {
  if (!isRecord(message) || !accepts.index(message['id'])) return undefined;
  const request = message['request'];
  return isRecord(request) && fits(table, request)
    ? // The table is typed by Request, and the request was just held to it.
      { id: Number(message['id']), request: request as unknown as Request }
    : undefined;
}

function fits(table: Readonly<Record<string, Readonly<Record<string, Form>>>>, request: Record<string, unknown>) {
  const kind = request['kind'];
  if (typeof kind !== 'string' || !Object.hasOwn(table, kind)) return false;
  const fields = Object.entries(table[kind] ?? {});
  return (
    Object.keys(request).length === fields.length + 1 && fields.every(([name, form]) => accepts[form](request[name]))
  );
}
