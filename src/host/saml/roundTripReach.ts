// Whether the user's browser reaches the sandbox's pages. They lie at names below localhost, whose port is part of every address: a tunnel
// must keep the port, and the browser must run where the editor's own address is this machine. Pure.
export interface Reach {
  /** http://127.0.0.1:4566 */
  readonly endpoint: string;
  /** What the editor makes of it for the user's browser. */
  readonly external: string;
  /** The editor itself runs in a browser. */
  readonly inBrowser: boolean;
}

/** Why not, in a sentence; undefined where it does. */
export function reachOf({ endpoint, external, inBrowser }: Reach): string | undefined {
  const [here, there] = [URL.parse(endpoint), URL.parse(external)];
  if (!here || !there || !isLoopback(there.hostname))
    return `The sandbox runs on another machine than your browser, which does not reach its pages at idp.localhost:${here?.port ?? ''}. “Sign in here” does the same trip without a browser.`;
  if (!inBrowser && there.port !== here.port)
    return `The tunnel to the sandbox has another port here (${there.port}), and the addresses in its pages would lead nowhere. Forward port ${here.port} as ${here.port}, or use “Sign in here”.`;
  return undefined;
}

const isLoopback = (host: string): boolean =>
  /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|(?:[\w-]+\.)+localhost)$/.test(host);
