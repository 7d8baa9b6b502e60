import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The two that take minutes begin first, so that the end does not wait for one of them alone. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification): boolean => /everyLab(?:Faulted|Killed)\.test\.ts$/.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/vscode/**', 'test/clients/**'],
    // The SDK's ES build has imports without extensions, which Node alone cannot load.
    server: { deps: { inline: [/@aws-sdk\/client-/] } },
    maxWorkers: 2,
    // As in the editor: a busy machine may have been too late. Where the report lists tests it says `retry x1`.
    retry: 1,
    sequence: { sequencer: LongestFirst },
  },
});
