import { printParseErrorCode, type ParseError } from 'jsonc-parser';
import { checkDocument } from './checkDocument.ts';
import { Findings } from './findings.ts';
import type { Attachment, Finding } from './model.ts';
import { readTree, type Tree } from './tree.ts';

/** Everything that is wrong with a policy's text, in the order of the text. Never throws. */
export function validatePolicy(text: string, of: Attachment): readonly Finding[] {
  const tree = readTree(text);
  const findings = new Findings(tree, of);
  if (tree.root !== undefined) checkDocument(tree.root, findings);
  return [...syntaxFindings(tree), ...findings.found].toSorted((a, b) => a.start - b.start || a.end - b.end);
}

/** Where a text is not JSON. */
export function syntaxFindings({ errors, text }: Tree): readonly Finding[] {
  return onePerPlace(errors.map((error) => syntaxFinding(error, text)));
}

/** Of a comma too many the parser says two things. */
const onePerPlace = (found: readonly Finding[]): readonly Finding[] => [
  ...new Map(found.toReversed().map((finding) => [finding.start, finding])).values(),
];

const hints: Readonly<Record<string, string>> = {
  CommaExpected: 'Put a comma between the two.',
  ColonExpected: 'Put a colon between the name and its value.',
  ValueExpected: 'Put a value here, or take away the comma before it.',
  PropertyNameExpected: 'Put a name in double quotes here, or take away the comma before it.',
  CloseBraceExpected: 'Close the object with }.',
  CloseBracketExpected: 'Close the list with ].',
  EndOfFileExpected: 'Take away what follows the document.',
  InvalidCommentToken: 'Take the comment away: AWS takes no comments.',
  UnexpectedEndOfString: 'Close the text with ".',
  InvalidEscapeCharacter: 'Write a backslash as \\\\.',
  InvalidCharacter: 'Write line breaks and tabs inside a text as \\n and \\t.',
  InvalidSymbol: 'Put text into double quotes.',
};

function syntaxFinding({ error, offset, length }: ParseError, text: string): Finding {
  const name = printParseErrorCode(error);
  const start = Math.min(offset, Math.max(0, text.length - 1));
  return {
    code: 'json',
    severity: 'error',
    message: `This is not JSON. ${hints[name] ?? 'Correct it here.'}`,
    start,
    end: Math.max(start, Math.min(text.length, start + Math.max(1, length))),
    fixes: [],
  };
}
