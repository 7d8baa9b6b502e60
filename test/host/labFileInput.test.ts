// A file that a lab asks for: the page asks for a dialog, and what it says of a file is not believed.
import { describe, expect, it } from 'vitest';
import { handleLabRequest, labRequests, type LabDesk } from '../../src/host/labRequests.ts';
import { labView, type LabViewSource } from '../../src/host/labView.ts';
import { parseMessage } from '../../src/host/parseMessage.ts';
import { LinkTable } from '../../src/host/webAddress.ts';
import { parseLab } from '../../src/lab/parse.ts';

const { lab } = parseLab(
  '---\ntitle: T\nsummary: S\nminutes: 1\nservices: [iam]\ncovers: []\ninputs:\n  who: { label: Who, default: ann }\n  file: { label: Yours, type: file }\n---\n# T\n\n## One\n\nRead.\n',
  { id: 'x' },
);
const source: LabViewSource = {
  title: 'T',
  lab,
  problems: [],
  loading: false,
  fromWorkspace: true,
  trusted: true,
  target: { label: 'Sandbox', real: false, sandbox: true },
  planShown: false,
  chosen: { file: '/home/me/metadata.xml' },
};

describe('a file of the learner', () => {
  it('is shown by its name alone', () => {
    const { inputs } = labView(source, new LinkTable(), 'x');
    expect(inputs.find(({ name }) => name === 'file')).toMatchObject({ type: 'file', value: 'metadata.xml' });
    expect(JSON.stringify(inputs)).not.toContain('/home/me');
  });

  it('is the one that was chosen in the dialog, whatever the page says', async () => {
    const started: unknown[] = [];
    const asked: string[] = [];
    const desk = {
      session: () => ({ start: async (inputs: unknown) => void started.push(inputs) }),
      source: () => source,
      chooseFile: async (_lab: string, input: string) => void asked.push(input),
    } as unknown as LabDesk;
    const ask = (request: object) => {
      const message = parseMessage(labRequests, { id: 1, request });
      if (!message) throw new Error('refused');
      return handleLabRequest(message.request, 'x', desk, new LinkTable(), () => undefined);
    };
    await ask({ kind: 'chooseFile', input: 'file' });
    await ask({ kind: 'start', inputs: { who: 'bob', file: '/etc/passwd' } });
    expect(asked).toEqual(['file']);
    expect(started).toEqual([{ who: 'bob', file: '/home/me/metadata.xml' }]);
  });
});
