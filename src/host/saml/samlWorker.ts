// The other thread: long files are judged here, so that the editor's own goes on.
import { parentPort } from 'node:worker_threads';
import { packJudged } from './packedJudged.ts';
import { formatText, judgeText, type FormatWork, type JudgeWork } from './samlWork.ts';

parentPort?.on('message', ({ id, work }: { readonly id: number; readonly work: JudgeWork | FormatWork }) => {
  const result = work.kind === 'judge' ? packJudged(judgeText(work)) : formatText(work);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's channel, not a window's
  parentPort?.postMessage({ id, result });
});
