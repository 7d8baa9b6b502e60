// npm run bench: the sandbox beside fauxqs, which does the same things (SQS and SNS in Node), and what the sandbox costs.
// Figures only: it fails when something does not work, never because something is slow.
// Options: --quick (fewer rounds), --only compare|costs|viewer|tree.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { compare, type Comparison, type Way } from './compare.ts';
import { memoryCost, resetCost, snapshotCost, startCost, type Cost } from './costs.ts';
import { fauxqs, sandbox, start } from './servers.ts';
import { treeCosts } from './tree.ts';
import { viewerCosts } from './viewer.ts';

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1)); // servers end with us
const rounds = options.quick ? 3 : 9;
const many = options.quick ? 20_000 : 100_000;
const ways: readonly Way[] = [
  { mode: 'raw', inFlight: 32, count: options.quick ? 4000 : 8000 },
  { mode: 'sdk', inFlight: 32, count: 1500 },
  { mode: 'sdk', inFlight: 1, count: 400 },
];

async function comparisons(): Promise<Comparison[]> {
  const [ours, peer] = [await start(sandbox), await start(fauxqs)];
  const all: Comparison[] = [];
  try {
    for (const way of ways) {
      const found = await compare(ours, peer, way, rounds);
      for (const comparison of found) console.log(comparisonLine(comparison));
      all.push(...found);
    }
  } finally {
    await ours.stop();
    await peer.stop();
  }
  return all;
}

async function costs(): Promise<Cost[]> {
  const all: Cost[] = [];
  const groups = [
    () => startCost(sandbox, fauxqs, options.quick ? 3 : 7),
    () => memoryCost(sandbox, fauxqs, many),
    async () => [await resetCost(sandbox, many)],
    () => snapshotCost(many),
  ];
  for (const group of groups) {
    const found = await group();
    for (const cost of found) console.log(costLine(cost));
    all.push(...found);
  }
  return all;
}

function comparisonLine({ mode, inFlight, operation, sandbox, peer, ratio, cpuRatio, bottleneck }: Comparison): string {
  const perSecond = (value: number): string => `${Math.round(value)}/s`.padStart(9);
  const cpu = (value: number | undefined): string => `${value === undefined ? '?' : Math.round(value)} us`.padStart(8);
  return [
    `${mode} ${inFlight} in flight`.padEnd(17),
    operation.padEnd(8),
    perSecond(sandbox.perSecond),
    perSecond(peer.perSecond),
    ratio.toFixed(2).padStart(6),
    cpu(sandbox.serverCpuUs),
    cpu(peer.serverCpuUs),
    (cpuRatio?.toFixed(2) ?? '?').padStart(6),
    ` ${bottleneck}`,
  ].join(' ');
}

function costLine({ what, sandbox, peer, unit, bar }: Cost): string {
  const show = (value: number | undefined): string =>
    value === undefined ? '' : `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`;
  return `${what.padEnd(56)} ${show(sandbox).padStart(10)} ${show(peer).padStart(10)}  ${bar ?? ''}`;
}

console.log(
  `Node ${process.version}, ${cpus().length} processors (${cpus()[0]?.model}), medians of ${rounds} rounds\n`,
);
const result: { comparisons?: Comparison[]; costs?: Cost[]; viewer?: Cost[]; tree?: Cost[] } = {};
if (options.only === undefined || options.only === 'compare') {
  console.log('client            operation  sandbox    fauxqs  ratio   CPU ours   theirs  ratio  bottleneck');
  result.comparisons = await comparisons();
  console.log('\nratio above 1: the sandbox is faster. CPU: processor time of the server for one request.\n');
}
if (options.only === undefined || options.only === 'costs') {
  console.log(`${''.padEnd(56)} ${'sandbox'.padStart(10)} ${'fauxqs'.padStart(10)}  asked for`);
  result.costs = await costs();
}
if (options.only === undefined || options.only === 'viewer') {
  result.viewer = await viewerCosts(many);
  for (const cost of result.viewer) console.log(costLine(cost));
}
if (options.only === undefined || options.only === 'tree') {
  result.tree = await treeCosts(many);
  for (const cost of result.tree) console.log(costLine(cost));
}
mkdirSync('.cache', { recursive: true });
writeFileSync('.cache/bench.json', JSON.stringify({ node: process.version, rounds, ...result }, null, 2));
console.log('\nwritten to .cache/bench.json');
