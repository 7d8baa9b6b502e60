import type { LabView, StepView } from '../../src/protocol/lab.ts';

/** What a screen reader should be told when one view follows another. Pure. */
export function announcement(before: LabView | undefined, after: LabView): string | undefined {
  if (before === undefined) return undefined;
  if (after.teardown?.proof && !before.teardown?.proof) return `Clean-up finished. ${after.teardown.proof.sentence}`;
  const changed = after.steps.filter((step, place) => before.steps[place]?.status !== step.status);
  const words = changed.flatMap((step) => sentenceFor(step, after));
  return words.length === 0 ? undefined : words.join(' ');
}

function sentenceFor(step: StepView, { progress }: LabView): readonly string[] {
  switch (step.status) {
    case 'done':
      return [`Step ${step.number} done. ${progress.done} of ${progress.total} steps.`];
    case 'failed':
      return [`Step ${step.number} failed. ${step.failure?.what ?? ''}`.trim()];
    case 'asking':
      return [`Step ${step.number} waits for you. ${step.question?.text ?? ''}`.trim()];
    case 'running':
      return [`Step ${step.number} runs.`];
    case 'waiting':
      return [];
  }
}

/** The step that just began to want the learner, because it asks or because it failed: the page brings it into sight. */
export function wantsAttention(before: LabView | undefined, after: LabView): string | undefined {
  const wants = (step: StepView) => step.status === 'asking' || step.status === 'failed';
  return after.steps.find((step, place) => wants(step) && before?.steps[place]?.status === 'running')?.id;
}
