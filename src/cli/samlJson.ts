// What was judged, for scripts: the JSON that the README promises, and SARIF 2.1.0.
import { rules } from '../saml/rules/ruleTable.ts';
import type { Finding } from '../saml/finding.ts';
import type { Judged } from './samlCommand.ts';

const short = ({ rule, severity, line, column, message }: Finding) => ({ rule, severity, line, column, message });

export function jsonOf(one: Judged): object {
  const { file } = one;
  if (one.kind === 'unread') {
    const findings = [{ rule: 'R1', severity: 'error', line: 1, column: 1, message: one.why }];
    return { file, ...nothing, findings, accepts: { iam: false, cognito: false }, unread: true };
  }
  const findings = one.findings.map(short);
  if (one.kind === 'response') return { file, kind: 'response', trusted: one.checked.trusted, findings };
  const { wellFormed, schema, signature, entityID, accepts } = one.validation;
  return { file, wellFormed, schema, signature, entityID: entityID ?? null, findings, accepts };
}

const nothing = { wellFormed: false, schema: 'invalid', signature: 'none', entityID: null };

const levels = { error: 'error', warning: 'warning', info: 'note' } as const;

/** `results`: those of all files, by `sarifResults`. */
export function sarifOf(results: readonly unknown[]): object {
  const driver = {
    name: 'aws-labs saml',
    rules: Object.entries(rules).map(([id, { name, what, why }]) => ({
      id,
      name,
      shortDescription: { text: what },
      fullDescription: { text: why },
    })),
  };
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, results }],
  };
}

export function sarifResults(one: Judged): object[] {
  const place = {
    artifactLocation: { uri: one.file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/') },
  };
  if (one.kind === 'unread')
    return [{ ruleId: 'R1', level: 'error', message: { text: one.why }, locations: [{ physicalLocation: place }] }];
  return one.findings.map(({ rule, severity, message, why, line, column, range }) => ({
    ruleId: rule,
    level: levels[severity],
    message: { text: `${message} ${why}` },
    locations: [
      {
        physicalLocation: {
          ...place,
          region: {
            startLine: line,
            startColumn: column,
            charOffset: range.start,
            charLength: range.end - range.start,
          },
        },
      },
    ],
  }));
}
