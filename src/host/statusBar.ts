import * as vscode from 'vscode';
import type { Targets } from './targets.ts';

/** Where calls go, always in sight; red on a real account. A click switches. */
export function createStatusBar(targets: Targets): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('awsLabs.target', vscode.StatusBarAlignment.Left, 10);
  item.name = 'AWS Labs: target';
  item.command = 'awsLabs.switchTarget';
  const draw = () => {
    const { label, account, region, real, sandbox } = targets.view;
    const facts = [
      label,
      ...(account === undefined || sandbox ? [] : [account]),
      ...(region === undefined ? [] : [region]),
    ];
    item.text = `$(${sandbox ? 'beaker' : 'cloud'}) ${facts.join(' · ')}`;
    item.backgroundColor = real ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    item.tooltip = tooltip(targets);
    item.accessibilityInformation = {
      label: `AWS Labs runs on ${facts.join(', ')}${real ? ', a real account' : ''}`,
      role: 'button',
    };
  };
  const listening = targets.changes.on(draw);
  // Reading the settings for the first time is slow; it need not hold up activation.
  const first = setImmediate(() => {
    draw();
    item.show();
  });
  return vscode.Disposable.from(item, listening, { dispose: () => clearImmediate(first) });
}

function tooltip({ view, current }: Targets): string {
  const expires = current?.expires();
  const lines = [
    `AWS Labs runs on: ${view.label}`,
    view.account === undefined ? 'Not connected yet' : `Account ${view.account}`,
    view.region === undefined ? '' : `Region ${view.region}`,
    current?.endpoint === undefined ? '' : `Endpoint ${current.endpoint}`,
    expires === undefined ? '' : `Credentials end at ${expires.toLocaleTimeString()}`,
    view.real ? 'A real account: what labs create there costs money until it is cleaned up.' : '',
  ];
  return [...lines.filter((line) => line !== ''), 'Click to switch.'].join('\n');
}
