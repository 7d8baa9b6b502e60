import type { LabRequest, LabView } from '../../src/protocol/lab.ts';
import type { PanelState } from './panelState.ts';

/** What every part of the panel draws from. */
export interface PanelContext {
  readonly view: LabView;
  readonly state: PanelState;
  ask(request: LabRequest): void;
  /** Says it to a screen reader, shows it for a moment to others. */
  say(text: string): void;
}
