// A lab is text of anybody's: whatever it holds is a lab or a list of problems, soon.
import { expect, test } from 'vitest';
import { parseLab } from '../../src/lab/parse.ts';
import { readLab } from '../../src/lab/readLab.ts';

const lab = (body: string) =>
  `---\ntitle: T\nsummary: S\nminutes: 1\nservices: [sqs]\ncovers: [N1]\n---\n# T\n\n## Step\n\n${body}\n`;
const run = (yaml: string) => lab(`\`\`\`yaml run\n${yaml}\n\`\`\``);
const check = (expect: string) =>
  lab(`\`\`\`yaml check\n- call: sqs.ListQueues\n  expect: "${expect}"\n  else: No.\n\`\`\``);
const n = 20_000;

test.each([
  ['marks', lab('*a_'.repeat(n))],
  ['quotes', lab(`${'>'.repeat(n)} x`)],
  ['lists in one line', lab(`${'- '.repeat(n)}x`)],
  ['lists in lists', lab(Array.from({ length: 400 }, (_, depth) => `${'  '.repeat(depth)}- a`).join('\n'))],
  ['length', lab('word '.repeat(100_000))],
  ['YAML', run(`- call: sqs.CreateQueue\n  with: ${'{a: '.repeat(600)}${'}'.repeat(600)}`)],
  ['expressions', check('${a}'.repeat(n))],
  ['brackets', check(`${'('.repeat(n)}a${')'.repeat(n)}`)],
  ['negations', check(`${'!'.repeat(n)}a`)],
  ['fields', check(`a${'.a'.repeat(n)}`)],
  ['aliases', run('- call: sqs.CreateQueue\n  with: { QueueName: q, tags: { a: &a [x], b: [*a, *a] } }')],
])('too much of %s is a problem, at once', async (_, text) => {
  const began = performance.now();
  expect((await readLab(text, { id: 'x' })).problems.length).toBeGreaterThan(0);
  expect(performance.now() - began).toBeLessThan(2500);
});

test.each([
  run('- call: sqs.CreateQueue\n  with: { QueueName: "${constructor.name}" }'),
  run('- call: sqs.CreateQueue\n  with: { QueueName: "${toString}${__proto__.x}" }'),
  run('- call: sqs.CreateQueue\n  with: { QueueName: q, constructor: 1 }'),
  run('- call: sqs.CreateQueue\n  with: { QueueName: q, __proto__: { a: b } }'),
  run('- call: sqs.constructor'),
  run('- call: constructor.constructor'),
  run('- open: "command:workbench.action.quit"'),
])('names that every object has are no names of a lab: %#', async (text) => {
  expect(parseLab(text, { id: 'x' })).toHaveProperty('problems');
  expect((await readLab(text, { id: 'x' })).lab).toBeUndefined();
});
