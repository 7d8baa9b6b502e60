import * as vscode from 'vscode';
import type { Target } from '../../../aws/target.ts';
import { Refusal } from '../../explain.ts';
import type { Aim } from '../aim.ts';
import { pickAim } from '../pickAim.ts';
import { arnOf, consoleUrl, nameOf, urlOf } from './aimText.ts';
import { aimOf, pinned, type Act, type ActionRim } from './actionRim.ts';
import { Answers, say } from './answers.ts';
import type { JsonDocuments } from './jsonDocument.ts';
import { pickObject } from './pickObject.ts';

const all = ['queue', 'topic', 'subscription', 'bucket', 'stream', 'instance'] as const;

/** What takes a resource's name elsewhere, or shows it. Changes nothing on AWS. */
export function copyActions(rim: ActionRim, documents: JsonDocuments) {
  const onAim = (title: string, act: (aim: Aim, target: Target) => Promise<unknown>): Act => {
    return async (row) => {
      const target = await rim.targets.open();
      const aim = (await aimOf(rim, target, row)) ?? (await pickAim(pinned(target), all, title));
      return aim && act(aim, target);
    };
  };
  const copied = async (what: string, text: string): Promise<string> => {
    await rim.copy(text);
    void vscode.window.setStatusBarMessage(`${what} copied`, 3000);
    return text;
  };
  return {
    'awsLabs.copyArn': onAim('Copy ARN', async (aim, target) => copied('ARN', arnOf(aim, target))),
    'awsLabs.copyUrl': onAim('Copy URL', async (aim, target) => copied('URL', urlOf(aim, target))),
    'awsLabs.copyName': onAim('Copy name', async (aim) => copied('Name', nameOf(aim))),
    'awsLabs.openInConsole': onAim('Open in AWS console', async (aim, target) => {
      const url = consoleUrl(aim, target);
      await vscode.env.openExternal(vscode.Uri.parse(url, true));
      return url;
    }),
    'awsLabs.showAsJson': onAim('Show as JSON', (aim, target) => documents.show(aim, target)),
    'awsLabs.presign': presign(rim, copied),
  };
}

const hour = 3600;

function presign(rim: ActionRim, copied: (what: string, text: string) => Promise<string>): Act {
  return async (row, second) => {
    const target = await rim.targets.open();
    const answers = new Answers(row, second);
    const aim = (await aimOf(rim, target, row)) ?? (await pickObject(target, 'Copy a presigned URL'));
    if (aim === undefined) return undefined;
    if (aim.kind !== 'object')
      throw new Refusal({ what: 'A presigned URL is for one object.', advice: 'Choose an object.' });
    const { bucket, key } = aim;
    const { BucketRegion: region } = await target.send('s3.HeadBucket', { Bucket: bucket.name });
    const place = { bucket: bucket.name, key, ...(region !== undefined && { region }) };
    const url = await copied('Presigned URL', await target.presign(place, hour));
    const ends = target.expires();
    const sooner = ends instanceof Date && ends.getTime() < Date.now() + hour * 1000;
    if (!answers.silent)
      say(
        sooner
          ? `Copied. Whoever has this URL can read the object until your credentials end, at ${ends.toLocaleTimeString()}.`
          : 'Copied. Whoever has this URL can read the object for one hour.',
      );
    return url;
  };
}
