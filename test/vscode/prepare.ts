// `node test/vscode/prepare.ts`: brings everything the tests in the real editor need onto this machine, and says what it found.
import { prepareChromium } from './chromium.ts';
import { type CodeServer, prepareCodeServer } from './codeServer.ts';

export interface Tools {
  readonly codeServer: CodeServer;
  readonly browser: string;
}

export async function prepareTools(): Promise<Tools> {
  return { browser: prepareChromium(), codeServer: await prepareCodeServer() };
}

if (import.meta.main) {
  const tools = await prepareTools();
  console.log(`Browser: ${tools.browser}\nVS Code: ${tools.codeServer.vscode}`);
}
