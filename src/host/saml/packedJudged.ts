// What another thread has found out, on its way here: the findings as they are, all else as bytes that are read when somebody asks
// for it. Of a long file it is megabytes, and reading all of them at once would hold up the editor.
import { deserialize, serialize } from 'node:v8';
import type { Judged } from './samlWork.ts';

const packed = ['outline', 'folds', 'hovers', 'certificates', 'description'] as const;
type Packed = (typeof packed)[number];

export type PackedJudged = Omit<Judged, Packed> & { readonly packed: Readonly<Record<Packed, Uint8Array>> };

export function packJudged(judged: Judged): PackedJudged {
  const { findings, accepts, signature, entityID } = judged;
  const bytes = (part: Packed) => new Uint8Array(serialize(judged[part]));
  return {
    findings,
    accepts,
    signature,
    entityID,
    packed: {
      outline: bytes('outline'),
      folds: bytes('folds'),
      hovers: bytes('hovers'),
      certificates: bytes('certificates'),
      description: bytes('description'),
    },
  };
}

export function unpackJudged({ packed: parts, ...rest }: PackedJudged): Judged {
  const read = <Name extends Packed>(name: Name): (() => Judged[Name]) => {
    let known: { readonly value: Judged[Name] } | undefined;
    // What this same program has packed.
    return () => (known ??= { value: deserialize(parts[name]) as Judged[Name] }).value;
  };
  const [outline, folds, hovers] = [read('outline'), read('folds'), read('hovers')];
  const [certificates, description] = [read('certificates'), read('description')];
  return {
    ...rest,
    get outline() {
      return outline();
    },
    get folds() {
      return folds();
    },
    get hovers() {
      return hovers();
    },
    get certificates() {
      return certificates();
    },
    get description() {
      return description();
    },
  };
}
