import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/vscode/**', 'test/clients/**'],
    // The SDK's ES build has imports without extensions, which Node alone cannot load.
    server: { deps: { inline: [/@aws-sdk\/client-/] } },
    maxWorkers: 2,
  },
});
