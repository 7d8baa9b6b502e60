// Metadata from an address. The sandbox never leaves this machine: it fetches from loopback only, and says so of all else.
import { get } from 'node:http';
import { invalid } from './refusals.ts';

const longest = 2_000_000;
const patience = 10_000;

/** @throws InvalidParameterException */
export async function fetchMetadata(address: string): Promise<string> {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol)) throw invalid(`Invalid MetadataURL: ${address}`);
  if (
    url.protocol === 'https:' ||
    !/^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|(?:[\w-]+\.)+localhost)$/.test(url.hostname)
  )
    throw invalid(
      `The sandbox fetches metadata from this machine only (http://...localhost), not from ${url.host}. Download it, and give it as MetadataFile.`,
    );
  const answer = await fetchLocal(url).catch((error: unknown) => {
    throw invalid(`Unable to fetch metadata from ${address}: ${error instanceof Error ? error.message : 'it failed'}`);
  });
  if (answer.status !== 200)
    throw invalid(`Non-ok status code ${answer.status} returned from remote metadata source ${address}.`);
  return answer.text;
}

/** Names under .localhost are looked up here: not every system knows them. Redirections are not followed. */
function fetchLocal(url: URL): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((done, failed) => {
    const host = url.hostname === '[::1]' ? '::1' : url.hostname.startsWith('127.') ? url.hostname : '127.0.0.1';
    const options = {
      host,
      port: url.port || 80,
      path: url.pathname + url.search,
      headers: { Host: url.host },
      timeout: patience,
    };
    const request = get(options, (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > longest) request.destroy(new Error('it is too long'));
        else chunks.push(chunk);
      });
      response.on('end', () =>
        done({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      );
      response.on('error', failed);
    });
    request.on('timeout', () => request.destroy(new Error('it took too long'))).on('error', failed);
  });
}
