// The command line's own grammar: commands, options, help. In: words. Out: what is meant, or a sentence.
import { parseArgs } from 'node:util';
import { didYouMean } from '../lab/didYouMean.ts';

export const usage = `Usage: aws-labs <command> [options]

  run <lab>            do a lab: a line a step, checks, clean-up, "0 left"
  list                 labs with minutes, services and the state of their sessions
  check <lab>          judge a lab's steps without running anything
  cleanup [<lab>]      remove what unfinished sessions have made (--all: of all labs; a session's id will do too)
  sweep                remove what the tags of labs name in an account, even where a journal is lost
  sandbox              start the sandbox alone and print where it answers (sandbox --help)
  saml <file...>       judge SAML metadata and messages (saml --help)

A <lab> is an id that list shows, or a path to a lab.md or its folder.

  --target T           sandbox (default), aws, or the address of an endpoint such as http://localhost:4566
  --profile P          the AWS profile; --region R the region
  --input name=value   a value for an input or a name of the lab; as often as needed
  --step ID            run up to this step (its id or number) only
  --keep               do not clean up at the end
  --adopt              adopt resources that are already there
  --yes                confirm everything, questions to a human too
  --json               one JSON object on stdout, progress on stderr
  --labs DIR           look for labs there
  --data-dir DIR       where sessions and the sandbox's state are kept
  --dry-run            sweep and cleanup: show only
  --help, --version

Exit codes: 0 all checks held and nothing is left (with --keep: all checks held); 1 a check failed, a step failed or something is left;
2 wrong usage, a lab with errors, or it could not start; 130 broken off.`;

export const commandNames = ['run', 'list', 'check', 'cleanup', 'sweep', 'sandbox', 'saml'] as const;
export type CommandName = (typeof commandNames)[number];

const grammar = {
  target: { type: 'string', default: 'sandbox' },
  profile: { type: 'string' },
  region: { type: 'string' },
  input: { type: 'string', multiple: true, default: [] as string[] },
  step: { type: 'string' },
  keep: { type: 'boolean', default: false },
  adopt: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  all: { type: 'boolean', default: false },
  labs: { type: 'string' },
  'data-dir': { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
} as const;

export interface CliOptions {
  readonly command: CommandName | 'help' | 'version';
  readonly lab: string | undefined;
  readonly target: string;
  readonly profile: string | undefined;
  readonly region: string | undefined;
  readonly inputs: Readonly<Record<string, string>>;
  readonly step: string | undefined;
  readonly keep: boolean;
  readonly adopt: boolean;
  readonly yes: boolean;
  readonly json: boolean;
  readonly all: boolean;
  readonly labs: string | undefined;
  readonly dataDir: string | undefined;
  readonly dryRun: boolean;
  /** What follows `sandbox` and `saml`, which have grammars of their own. */
  readonly rest: readonly string[];
}

/** Wrong usage, in a sentence. */
export class UsageError extends Error {}

export function parseOptions(args: readonly string[]): CliOptions {
  const own = ['sandbox', 'saml'].find((name) => name === args[0]);
  const { values, positionals } = parseWords(own === undefined ? args : [own]);
  const [command = 'help', lab, extra] = positionals;
  const known = commandNames.find((name) => name === command);
  if (!known && command !== 'help')
    throw new UsageError(`There is no command ${command}.${didYouMean(command, commandNames)}`);
  if (extra !== undefined) throw new UsageError(`${command} takes one lab, not ${extra} too.`);
  if (lab === undefined && !values.help && (known === 'run' || known === 'check'))
    throw new UsageError(`Say which lab to ${known}; \`aws-labs list\` shows them.`);
  return {
    ...values,
    command: values.help ? 'help' : values.version ? 'version' : (known ?? 'help'),
    lab,
    profile: values.profile,
    region: values.region,
    step: values.step,
    labs: values.labs,
    dataDir: values['data-dir'],
    dryRun: values['dry-run'],
    inputs: parseInputs(values.input),
    rest: own === undefined ? [] : args.slice(1),
  };
}

function parseWords(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: grammar, allowPositionals: true });
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const unknown = /Unknown option '--?([\w-]+)'/.exec(said)?.[1];
    throw new UsageError(
      unknown === undefined ? said : `There is no option --${unknown}.${didYouMean(unknown, Object.keys(grammar))}`,
    );
  }
}

function parseInputs(given: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    given.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new UsageError(`--input ${pair} should be name=value.`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
