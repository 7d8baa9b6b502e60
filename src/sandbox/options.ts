// The sandbox process's command line.
import { parseArgs } from 'node:util';

export interface MainOptions {
  readonly port: number;
  readonly account: string;
  readonly region: string;
  readonly anyCredentials: boolean;
  readonly json: boolean;
  readonly dataDir: string | undefined;
  readonly exitWhenUnused: boolean;
}

export const usage = `Usage: sandbox [--port N] [--account 123456789012] [--region us-east-1] [--data-dir DIR]
               [--any-credentials] [--json] [--exit-when-unused]

  --port N             the port to listen on at 127.0.0.1; 0, the default, takes a free one
  --account, --region  what the sandbox's own key belongs to
  --data-dir DIR       keep keys and state there; without, they are gone when the process ends
  --any-credentials    check no signatures; an access key id of 12 digits is taken as the account
  --json               print one line of JSON when ready
  --exit-when-unused   end a few seconds after the last one who uses it has gone`;

/** The options, or a sentence about what is wrong with them. */
export function parseOptions(args: readonly string[]): MainOptions | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        'host-port': { type: 'string' },
        account: { type: 'string', default: '000000000000' },
        region: { type: 'string', default: 'us-east-1' },
        'data-dir': { type: 'string' },
        'any-credentials': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        'exit-when-unused': { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port ?? values['host-port'] ?? 0);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      return `${values.port} is no port: say a number from 0 to 65535.`;
    if (!/^\d{12}$/.test(values.account)) return `${values.account} is no account: say 12 digits.`;
    if (!/^[a-z]{2}(-[a-z]+)+-\d+$/.test(values.region))
      return `${values.region} is no region: say one like eu-central-1.`;
    return {
      port,
      account: values.account,
      region: values.region,
      anyCredentials: values['any-credentials'],
      json: values.json,
      dataDir: values['data-dir'],
      exitWhenUnused: values['exit-when-unused'],
    };
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}
