// What the queue viewer costs with many messages: from the sandbox to the page in a browser, with the real host between them.
import { openTarget } from '../../src/aws/openTarget.ts';
import { startLiveBrowser, type LivePage } from '../host/peek/liveBrowser.ts';
import { liveHost, TestDesk } from '../host/peek/livePage.ts';
import { realTime } from '../../src/host/targets.ts';
import { median } from './compare.ts';
import type { Cost } from './costs.ts';
import { RawConnection, sqsRequest } from './rawRequest.ts';
import { cpuMs, sandbox, start, type Running } from './servers.ts';

const clock = {
  now: () => Date.now(),
  after(ms: number, run: () => void) {
    const timer = setTimeout(run, ms);
    return { cancel: () => clearTimeout(timer) };
  },
};

/** First paint, scrolling and search with so many messages of about 300 bytes. */
export async function viewerCosts(count: number): Promise<Cost[]> {
  const running = await start(sandbox);
  const browser = await startLiveBrowser();
  try {
    const url = await fill(running, count);
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const target = await openTarget(
      { kind: 'sandbox', endpoint: running.endpoint, region: 'us-east-1', credentials },
      realTime,
    );
    const page: { post?(message: unknown): void } = {};
    const host = liveHost({
      target,
      queue: { name: 'viewed', url },
      desk: new TestDesk(clock),
      post: (message) => page.post?.(message),
    });
    // The page is there and waits, as it does in the editor while the queue is read.
    const receive = (message: unknown) => page.post && host.receive(message);
    const live = await browser.open({ width: 1280, height: 900, receive });
    const begun = performance.now();
    const [ours, theirs] = [process.cpuUsage(), cpuMs(running.pid) ?? 0];
    await host.session.refresh();
    const read = performance.now() - begun;
    const readCpu = [cpuSince(ours), (cpuMs(running.pid) ?? 0) - theirs] as const;
    if (host.session.list.size !== count) throw new Error(`${host.session.list.size} of ${count} were read.`);
    page.post = live.post;
    const paint = await firstPaint(live, host);
    const what = `viewer, ${count} messages`;
    const costs: Cost[] = [
      { what: `${what}: read from the sandbox`, sandbox: read, unit: 'ms' },
      { what: `${what}: of that the host's processor time`, sandbox: readCpu[0], unit: 'ms' },
      { what: `${what}: and the sandbox's`, sandbox: readCpu[1], unit: 'ms' },
      { what: `${what}: first paint after they are there`, sandbox: paint, unit: 'ms', bar: '< 500' },
    ];
    const { frames, worst, blank, cpu } = await scrolling(live);
    costs.push(
      { what: `${what}: frames while scrolling`, sandbox: frames, unit: '/s', bar: '>= 50' },
      { what: `${what}: processor time of the page for a frame`, sandbox: cpu, unit: 'ms', bar: '< 20' },
      { what: `${what}: longest frame of those`, sandbox: worst, unit: 'ms' },
      { what: `${what}: share of frames that wait for rows`, sandbox: blank, unit: '%' },
    );
    const searches = ['notebook-99999', 'customer 4', 'nothing like this', 'attr.kind:k7', 'receives>0'];
    const inHost = searches.map((text) => inHostSearch(host, text));
    const searchCpu = Math.max(...inHost.map(({ cpu }) => cpu));
    const shown = [];
    for (const text of searches) shown.push(await searched(live, text));
    host.session.list.search('');
    const again = performance.now();
    await host.session.refresh('watching');
    costs.push(
      {
        what: `${what}: search over all, in the host`,
        sandbox: Math.max(...inHost.map(({ ms }) => ms)),
        unit: 'ms',
        bar: '< 200',
      },
      { what: `${what}: of that processor time`, sandbox: searchCpu, unit: 'ms' },
      { what: `${what}: search over all, until it is painted`, sandbox: median(shown), unit: 'ms', bar: '< 200' },
      { what: `${what}: asking whether anything has changed`, sandbox: performance.now() - again, unit: 'ms' },
    );
    await host.dispose();
    target.dispose();
    return costs;
  } finally {
    await browser.close();
    await running.stop();
  }
}

async function fill({ endpoint }: Running, count: number): Promise<string> {
  const connections = await Promise.all(Array.from({ length: 16 }, () => RawConnection.open(endpoint)));
  const created = await connections[0]?.send(sqsRequest(endpoint, 'CreateQueue', { QueueName: 'viewed' }));
  const QueueUrl = /"QueueUrl":"([^"]+)"/.exec(created?.body ?? '')?.[1] ?? '';
  let at = 0;
  await Promise.all(
    connections.map(async (connection) => {
      while (at < count) {
        const from = at;
        at += 10;
        const Entries = Array.from({ length: Math.min(10, count - from) }, (_, place) => entry(from + place));
        const { status, body } = await connection.send(sqsRequest(endpoint, 'SendMessageBatch', { QueueUrl, Entries }));
        if (status !== 200) throw new Error(`${status}: ${body}`);
      }
    }),
  );
  for (const connection of connections) connection.close();
  return QueueUrl;
}

const entry = (at: number) => ({
  Id: `m${at}`,
  MessageBody: JSON.stringify({
    orderId: at,
    customer: `Customer ${at % 5000}`,
    items: [{ sku: `NOTEBOOK-${at}`, count: at % 7 }],
    note: 'x'.repeat(200),
  }),
  MessageAttributes: { Kind: { DataType: 'String', StringValue: `k${at % 10}` } },
});

/** From the host's view being due until a frame with the rows has been painted. */
async function firstPaint({ page }: LivePage, host: ReturnType<typeof liveHost>): Promise<number> {
  await page.evaluate(`globalThis.painted = new Promise((done) => {
    const look = () => document.querySelector('.grid-row:not([hidden]) .cell-body')?.textContent
      ? requestAnimationFrame(() => setTimeout(() => done(Date.now()), 0)) : requestAnimationFrame(look);
    look();
  }); 0`);
  const begun = Date.now();
  host.receive({ id: 1, request: { kind: 'ready' } });
  const painted = await page.evaluate<number>('painted');
  return painted - begun;
}

interface Scrolled {
  readonly count: number;
  readonly frames: number;
  readonly worst: number;
  readonly blank: number;
}

/** Through all rows in five seconds, there by wheel-like steps, then by leaps as with the scroll bar. */
async function scrolling({ page }: LivePage): Promise<Scrolled & { cpu: number }> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busy = async () =>
    (await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  const before = await busy();
  const scrolled = await page.evaluate<Scrolled>(`new Promise((done) => {
    const grid = document.querySelector('.grid');
    const times = [];
    let blank = 0;
    const begun = performance.now();
    let last = begun;
    const step = (now) => {
      times.push(now - last);
      last = now;
      if (document.querySelector('.grid-row.coming:not([hidden])')) blank++;
      const passed = now - begun;
      if (passed > 5000) {
        const used = times.slice(1);
        return done({ count: used.length, frames: used.length / (used.reduce((a, b) => a + b, 0) / 1000), worst: Math.max(...used), blank: (blank / used.length) * 100 });
      }
      const leap = passed > 4000 && times.length % 10 === 0 ? 100_000 : 0;
      grid.scrollTop += 90 + leap;
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  })`);
  return { ...scrolled, cpu: (((await busy()) - before) * 1000) / scrolled.count };
}

function inHostSearch({ session }: ReturnType<typeof liveHost>, text: string): { ms: number; cpu: number } {
  const [begun, used] = [performance.now(), process.cpuUsage()];
  session.list.search(text);
  session.list.shown(Date.now());
  return { ms: performance.now() - begun, cpu: cpuSince(used) };
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** From the request that the page sends, after the pause in typing, until its answer has been painted. */
async function searched({ page }: LivePage, text: string): Promise<number> {
  return page.evaluate<number>(`new Promise((done) => {
    const counted = () => document.querySelector('.counted').textContent;
    const input = document.getElementById('search');
    input.value = ${JSON.stringify(text)};
    const before = counted();
    const send = globalThis.toHost;
    let begun = 0;
    globalThis.toHost = (message) => { if (message.includes('"search"')) begun = performance.now(); return send(message); };
    input.dispatchEvent(new Event('input', { bubbles: true }));
    const look = () => {
      if (begun === 0 || counted() === before) return requestAnimationFrame(look);
      requestAnimationFrame(() => setTimeout(() => { globalThis.toHost = send; done(performance.now() - begun); }, 0));
    };
    look();
  })`);
}
