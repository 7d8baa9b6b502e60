import * as vscode from 'vscode';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface Settings {
  /** `sandbox`, `profile:NAME`, or an endpoint's URL. */
  readonly target: string;
  readonly region: string | undefined;
  readonly dataDir: string;
  readonly logCalls: 'all' | 'failed' | 'none';
}

/** The user's settings now. A workspace cannot set any of them: all have the scope `machine`. */
export function readSettings(storage: vscode.Uri): Settings {
  const settings = vscode.workspace.getConfiguration('awsLabs');
  const dataDir = settings.get<string>('dataDirectory', '').trim();
  const logCalls = settings.get<string>('log.calls', 'all');
  return {
    target: settings.get<string>('target', 'sandbox').trim() || 'sandbox',
    region: settings.get<string>('region', '').trim() || undefined,
    dataDir: dataDir === '' ? storage.fsPath : dataDir.replace(/^~(?=$|[/\\])/, homedir()),
    logCalls: logCalls === 'failed' || logCalls === 'none' ? logCalls : 'all',
  };
}

export const sandboxDir = (dataDir: string): string => join(dataDir, 'sandbox');
