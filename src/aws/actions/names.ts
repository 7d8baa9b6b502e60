// AWS's rules for names, in words. In: a kind and what was typed. Out: the sentence that says what is wrong, before any call.
// Never: trims or mends a name silently.
export type NamedKind = 'topic' | 'queue' | 'bucket' | 'stream';

/** `fifo`: the name as it will be sent, with its `.fifo`. */
export function mistakeInName(kind: NamedKind, name: string, fifo = false): string | undefined {
  switch (kind) {
    case 'queue':
      return inService('A queue', 80, name, fifo);
    case 'topic':
      return inService('A topic', 256, name, fifo);
    case 'stream':
      return inStream(name);
    case 'bucket':
      return bucketRules.find(([broken]) => broken(name))?.[1];
  }
}

/** `Orders` -> `Orders.fifo`; what ends so already stays. */
export function withFifo(name: string, fifo: boolean): string {
  return fifo && !name.endsWith('.fifo') ? `${name}.fifo` : name;
}

function inService(what: string, longest: number, name: string, fifo: boolean): string | undefined {
  const stem = fifo ? name.replace(/\.fifo$/, '') : name;
  if (stem === '') return `${what} needs a name.`;
  if (name.length > longest) return `${what}'s name has 1 to ${longest} characters; this one has ${name.length}.`;
  if (!fifo && name.endsWith('.fifo'))
    return `Only a FIFO ${what.slice(2)}'s name ends in .fifo: choose the type FIFO.`;
  return /^[\w-]+$/.test(stem) ? undefined : `${what}'s name has only A-Z, a-z, 0-9, - and _${strange(stem, /[\w-]/)}.`;
}

function inStream(name: string): string | undefined {
  if (name === '') return 'A stream needs a name.';
  if (name.length > 128) return `A stream's name has 1 to 128 characters; this one has ${name.length}.`;
  return /^[\w.-]+$/.test(name)
    ? undefined
    : `A stream's name has only A-Z, a-z, 0-9, -, _ and dots${strange(name, /[\w.-]/)}.`;
}

function strange(name: string, allowed: RegExp): string {
  const first = [...name].find((character) => !allowed.test(character));
  return first === undefined ? '' : `; this one has ${first === ' ' ? 'a space' : `"${first}"`}`;
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const bucketRules: readonly (readonly [(name: string) => boolean, string])[] = [
  [(name) => name === '', 'A bucket needs a name, which nobody else on AWS has.'],
  [(name) => name.length < 3 || name.length > 63, "A bucket's name has 3 to 63 characters."],
  [(name) => /[A-Z]/.test(name), "A bucket's name has no capital letters."],
  [(name) => /[^a-z0-9.-]/.test(name), "A bucket's name has only a-z, 0-9, dots and hyphens."],
  [(name) => !/^[a-z0-9].*[a-z0-9]$/.test(name), "A bucket's name begins and ends with a letter or a digit."],
  [(name) => name.includes('..'), "A bucket's name has no two dots in a row."],
  [(name) => /^\d+\.\d+\.\d+\.\d+$/.test(name), "A bucket's name does not look like an IP address."],
  [
    (name) => /^(xn--|sthree-|amzn-s3-demo-)/.test(name),
    "A bucket's name does not begin with xn--, sthree- or amzn-s3-demo-: AWS keeps these for itself.",
  ],
  [
    (name) => /(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name),
    "A bucket's name does not end in -s3alias, --ol-s3, .mrap, --x-s3 or --table-s3: AWS keeps these for itself.",
  ],
];
