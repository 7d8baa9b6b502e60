import * as vscode from 'vscode';
import { sayExpiry, type Expiry } from './credentialsExpiry.ts';
import type { Targets } from './targets.ts';

/** Where calls go, always in sight, and until when; red on a real account. A click switches. */
export function createStatusBar(targets: Targets, now: () => number = Date.now): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('awsLabs.target', vscode.StatusBarAlignment.Left, 10);
  item.name = 'AWS Labs: target';
  item.command = 'awsLabs.switchTarget';
  let timer: NodeJS.Timeout | undefined;
  const draw = () => {
    clearTimeout(timer);
    const expiry = sayExpiry(targets.expires, now());
    // Only what will read otherwise is drawn again, at most once a minute.
    if (expiry?.next !== undefined) timer = setTimeout(draw, Math.min(expiry.next, 2 ** 31 - 1)).unref();
    drawItem(item, targets, expiry);
  };
  const listening = targets.changes.on(draw);
  // Reading the settings for the first time is slow; it need not hold up activation.
  const first = setImmediate(() => {
    draw();
    item.show();
  });
  const end = () => {
    clearImmediate(first);
    clearTimeout(timer);
  };
  return vscode.Disposable.from(item, listening, { dispose: end });
}

function drawItem(item: vscode.StatusBarItem, targets: Targets, expiry: Expiry | undefined): void {
  const { label, account, region, real, sandbox } = targets.view;
  const urgent = expiry !== undefined && expiry.level !== 'calm';
  const facts = [
    label,
    ...(account === undefined || sandbox ? [] : [account]),
    ...(region === undefined ? [] : [region]),
    ...(expiry === undefined ? [] : [expiry.text]),
  ];
  item.text = `$(${sandbox ? 'beaker' : urgent ? 'warning' : 'cloud'}) ${facts.join(' · ')}`;
  item.backgroundColor = background(real, urgent);
  item.tooltip = tooltip(targets);
  item.accessibilityInformation = {
    label: `AWS Labs runs on ${facts.join(', ')}${real ? ', a real account' : ''}`,
    role: 'button',
  };
}

function background(real: boolean, urgent: boolean): vscode.ThemeColor | undefined {
  if (real) return new vscode.ThemeColor('statusBarItem.errorBackground');
  return urgent ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
}

function tooltip({ view, current, expires }: Targets): string {
  const lines = [
    `AWS Labs runs on: ${view.label}`,
    view.account === undefined ? 'Not connected yet' : `Account ${view.account}`,
    view.region === undefined ? '' : `Region ${view.region}`,
    current?.endpoint === undefined ? '' : `Endpoint ${current.endpoint}`,
    current?.facts.caller === undefined || view.sandbox ? '' : `As ${current.facts.caller}`,
    sayEnd(expires),
    view.real ? 'A real account: what labs create there costs money until it is cleaned up.' : '',
  ];
  return [...lines.filter((line) => line !== ''), 'Click to switch.'].join('\n');
}

function sayEnd(expires: Date | 'unknown' | undefined): string {
  if (expires === undefined) return '';
  if (expires === 'unknown') return 'The credentials are temporary and do not tell when they end.';
  return expires.getTime() === 0
    ? 'The credentials have expired.'
    : `Credentials end at ${expires.toLocaleTimeString()}`;
}
