// xs:anyURI as libxml2 judges it: RFC 3986, after blanks, everything that is not ASCII, and a few signs more, have been let
// pass. A rule of its own asks for addresses without blanks.

const pchar = "(?:[A-Za-z0-9\\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})";
const userinfo = "(?:[A-Za-z0-9\\-._~!$&'()*+,;=:]|%[0-9A-Fa-f]{2})*";
const host = "(?:\\[[^\\]]*\\]|(?:[A-Za-z0-9\\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)";
const authority = `(?:${userinfo}@)?${host}(?::\\d{1,9})?`;
const tail = `(?:\\?(?:${pchar}|[/?])*)?(?:#(?:${pchar}|[/?[\\]])*)?`;
const rootedPath = `(?:/${pchar}*)*`;
const absolutePath = `/(?:${pchar}+(?:/${pchar}*)*)?`;
const rootlessPath = `${pchar}+(?:/${pchar}*)*`;
const firstWithoutColon = "(?:[A-Za-z0-9\\-._~!$&'()*+,;=@]|%[0-9A-Fa-f]{2})+";

const absolute = new RegExp(
  `^[A-Za-z][A-Za-z0-9+.-]*:(?://${authority}${rootedPath}|${absolutePath}|${rootlessPath}|)${tail}$`,
);
const relative = new RegExp(
  `^(?://${authority}${rootedPath}|${absolutePath}|${firstWithoutColon}(?:/${pchar}*)*|)${tail}$`,
);

// Blanks, control characters, what is not ASCII, and < > " { } | \ ^ ` ' pass for an underscore.
// oxlint-disable-next-line no-control-regex -- just these
const passed = /[\u0001-\u0020\u007f-\u{10ffff}<>"{}|\\^`']/gu;

export function isUri(value: string): boolean {
  if (value === '') return true;
  const plain = value.replace(passed, '_');
  return absolute.test(plain) || relative.test(plain);
}
