export interface StreamArn {
  readonly region: string;
  readonly account: string;
  readonly stream: string;
  /** Of the stream itself, where the ARN is a consumer's. */
  readonly streamArn: string;
  readonly consumer: string | undefined;
}

const form =
  /^(arn:aws[a-z-]*:kinesis:([a-z0-9-]+):(\d{12}):stream\/([a-zA-Z0-9_.-]+))(?:\/consumer\/([a-zA-Z0-9_.-]+):\d+)?$/;

export function parseStreamArn(text: string): StreamArn | undefined {
  const [, streamArn, region, account, stream, consumer] = form.exec(text) ?? [];
  if (streamArn === undefined || region === undefined || account === undefined || stream === undefined)
    return undefined;
  return { region, account, stream, streamArn, consumer };
}

export const streamArn = (region: string, account: string, name: string): string =>
  `arn:aws:kinesis:${region}:${account}:stream/${name}`;
