// What a lab may be at most. Reading Markdown takes time with the square of some of its marks and the cube of its depth, and a lab of
// a workspace is read before anybody has trusted it: what would hold up the editor is not read at all.

const longestText = 200_000;
const mostMarks = 2000;
const deepest = 30;

export interface TooMuch {
  readonly offset: number;
  readonly message: string;
}

export function tooMuch(text: string): TooMuch | undefined {
  if (text.length > longestText)
    return { offset: 0, message: `A lab may have ${longestText} characters; this has ${text.length}.` };
  let offset = 0;
  let marks = 0;
  for (const line of text.split('\n')) {
    marks = line.trim() === '' ? 0 : marks + countMarks(line);
    if (marks > mostMarks)
      return { offset, message: `More than ${mostMarks} marks (* _ [ ! < \`) stand in one paragraph.` };
    if (depthOf(line) > deepest) return { offset, message: `Lists and quotes may be ${deepest} deep.` };
    offset += line.length + 1;
  }
  return undefined;
}

const countMarks = (line: string): number => line.match(/[*_[!<`]/g)?.length ?? 0;

/** A list in a list is indented by two at least. */
function depthOf(line: string): number {
  const [before = ''] = /^[ \t>]*/.exec(line) ?? [];
  const spaces = before.replaceAll('>', '').replaceAll('\t', '    ').length;
  const inLine = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)]))+/.exec(line)?.[0].match(/[>*+)-]|\d\./g)?.length ?? 0;
  const isItem = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]/.test(line);
  return Math.max(inLine, isItem ? spaces / 2 : 0, before.length - before.replaceAll('>', '').length);
}
