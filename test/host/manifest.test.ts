import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandIds } from '../../src/host/commandIds.ts';

// The manifest and the code say the same things twice; here they are held to each other, both ways, without an editor.

interface Manifest {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly supported: string } };
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
      readonly icon: string;
    }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsWelcome: readonly { readonly contents: string }[];
    readonly viewsContainers: { readonly activitybar: readonly { readonly id: string; readonly icon: string }[] };
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope: string }>> };
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly description: string; readonly media: { readonly markdown: string } }[];
    }[];
  };
}

const manifest: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const { contributes } = manifest;
const source = globSync(['src/extension.ts', 'src/host/**/*.ts'])
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');
const declared: readonly string[] = commandIds;
const commands = contributes.commands.map(({ command }) => command);
const views = Object.values(contributes.views).flat();

describe('the manifest', () => {
  it('contributes the commands that the code registers, and no other', () => {
    expect(commands.toSorted()).toEqual(declared.toSorted());
    expect(new Set(commands).size).toBe(commands.length);
  });

  it('gives every command a title, our category and an icon', () => {
    for (const { title, category, icon } of contributes.commands) {
      expect(title).toMatch(/^[A-Z]/);
      expect(category).toBe('AWS Labs');
      expect(icon).toMatch(/^\$\([\w-]+\)$/);
    }
  });

  it('puts only its own commands into menus, each under a condition', () => {
    for (const { command, when } of Object.values(contributes.menus).flat()) {
      expect(commands).toContain(command);
      expect(when).toBeTruthy();
    }
  });

  it('has the views that the code provides, and no other', () => {
    const provided = [...source.matchAll(/(?:createTreeView|registerWebviewViewProvider)\('([\w.]+)'/g)].map(
      ([, id]) => id,
    );
    expect(views.map(({ id }) => id).toSorted()).toEqual(provided.toSorted());
  });

  it('has the settings that the code reads, none of which a workspace can set', () => {
    const read = [...source.matchAll(/settings\.get<\w+>\('([\w.]+)'/g)].map(([, name]) => `awsLabs.${name}`);
    expect(Object.keys(contributes.configuration.properties).toSorted()).toEqual(read.toSorted());
    for (const { scope } of Object.values(contributes.configuration.properties)) expect(scope).toBe('machine');
  });

  it('links only to commands there are', () => {
    const texts = [
      ...contributes.viewsWelcome.map(({ contents }) => contents),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ description }) => description)),
    ];
    const linked = texts.flatMap((text) =>
      [...text.matchAll(/\(command:([\w.]+)\)/g)].map(([, command]) => command ?? ''),
    );
    const known = [...commands, ...views.map(({ id }) => `${id}.focus`)];
    expect(linked.length).toBeGreaterThan(3);
    for (const command of linked) expect(known).toContain(command);
  });

  it('ships the pictures and texts it names', () => {
    const icons = [...contributes.viewsContainers.activitybar, ...views].map(({ icon }) => icon);
    const texts = contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.markdown));
    for (const file of [manifest.icon, ...icons, ...texts]) expect(existsSync(file), file).toBe(true);
    expect(statSync(manifest.icon).size).toBeLessThan(30_000);
  });

  it('is not activated at startup, and limits itself where the workspace is not trusted', () => {
    // A language: metadata is judged from when it is opened, and only documents in XML can be metadata.
    const pattern = /^on(?:(?:View|Command|WebviewPanel|FileSystem):|Language:xml$)/;
    for (const event of manifest.activationEvents) expect(event).toMatch(pattern);
    expect(manifest.capabilities.untrustedWorkspaces.supported).toBe('limited');
  });
});
