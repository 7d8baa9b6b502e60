import type { Target } from './target.ts';

/** Real means: somebody may be billed, and something of theirs may be there. */
export function isRealAccount({ kind, endpoint }: Pick<Target, 'kind' | 'endpoint'>): boolean {
  if (kind === 'sandbox') return false;
  return endpoint === undefined ? kind === 'aws' : !isLoopback(endpoint);
}

function isLoopback(endpoint: string): boolean {
  const { hostname } = new URL(endpoint);
  return /^(127\.\d+\.\d+\.\d+|localhost|\[::1\]|.*\.localhost(\.localstack\.cloud)?)$/.test(hostname);
}
