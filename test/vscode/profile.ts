// A fresh home for an editor under test: user data, server data, extensions and a workspace, with settings that keep
// welcome pages, trust prompts, chat, telemetry and updates out of the way.
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Profile {
  readonly userData: string;
  readonly serverData: string;
  readonly extensions: string;
  readonly workspace: string;
}

export type Theme = 'light' | 'dark' | 'high-contrast' | 'high-contrast-light';

export const themes: Readonly<Record<Theme, string>> = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

const calm = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'security.workspace.trust.enabled': false,
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.autoUpdate': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'json.schemaDownload.enable': false,
  'npm.fetchOnlinePackageInfo': false,
};

export type Settings = Readonly<Record<string, unknown>>;

export function createProfile(home: string, settings: Settings = {}): Profile {
  const profile = {
    userData: join(home, 'user'),
    serverData: join(home, 'server'),
    extensions: join(home, 'extensions'),
    workspace: join(home, 'workspace'),
  };
  for (const folder of Object.values(profile)) mkdirSync(folder, { recursive: true });
  writeSettings(join(profile.userData, 'User', 'settings.json'), { ...calm, ...settings });
  // Settings that belong to a machine are read, in the browser edition, from its server.
  writeSettings(join(profile.serverData, 'data', 'Machine', 'settings.json'), settings);
  return profile;
}

/** As if installed, but by a link: a build followed by a reload of the window shows the changes. */
export function installExtension(profile: Profile, extension: string): void {
  symlinkSync(extension, join(profile.extensions, 'under-test'), 'dir');
}

/** Of a running editor, through its workspace: the browser edition does not watch the user's own settings. */
export function changeSettings(profile: Profile, settings: Settings): void {
  const file = join(profile.workspace, '.vscode', 'settings.json');
  writeSettings(file, { ...readSettings(file), ...settings });
}

function writeSettings(file: string, settings: Settings): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(settings, null, 2));
}

function readSettings(file: string): Settings {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return value instanceof Object ? { ...value } : {};
  } catch {
    return {};
  }
}
