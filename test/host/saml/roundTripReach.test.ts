import { describe, expect, it } from 'vitest';
import { reachOf } from '../../../src/host/saml/roundTripReach.ts';

const endpoint = 'http://127.0.0.1:4566';

describe('the pages of the sandbox are reached', () => {
  it.each([
    ['by the desktop on the same machine', endpoint, false],
    ['through a tunnel that keeps the port', 'http://localhost:4566/', false],
    ['by a browser whose editor is at this machine', 'http://127.0.0.1:8080/proxy/4566/', true],
  ])('%s', (_who, external, inBrowser) => {
    expect(reachOf({ endpoint, external, inBrowser })).toBeUndefined();
  });
});

describe('they are not, and it is said why', () => {
  it.each([
    ['through a tunnel with another port', 'http://127.0.0.1:40211/', false, 'Forward port 4566 as 4566'],
    ['by a browser elsewhere', 'https://name-4566.app.example.dev/', true, 'another machine than your browser'],
    ['by a browser whose editor is a server', 'http://editor.example.com/proxy/4566/', true, 'idp.localhost:4566'],
  ])('%s', (_who, external, inBrowser, words) => {
    expect(reachOf({ endpoint, external, inBrowser })).toContain(words);
  });
});
