import { describe, expect, it } from 'vitest';
import type { LabView, StepStatus } from '../../src/protocol/lab.ts';
import { announcement, wantsAttention } from '../../webview/lab/announcement.ts';
import { mistakeIn } from '../../webview/lab/startForm.ts';
import { PanelState } from '../../webview/lab/panelState.ts';
import { halfWay, planned, proved, start } from './labViews.ts';

const withStatus = (place: number, status: StepStatus): LabView => ({
  ...halfWay,
  steps: halfWay.steps.map((step, at) => (at === place ? { ...step, status } : step)),
});

describe('what a screen reader is told', () => {
  it('is nothing at first, and nothing when nothing changed', () => {
    expect(announcement(undefined, halfWay)).toBeUndefined();
    expect(announcement(halfWay, halfWay)).toBeUndefined();
  });

  it('is what became of a step', () => {
    expect(announcement(withStatus(1, 'running'), halfWay)).toBe('Step 2 done. 2 of 5 steps.');
    expect(announcement(withStatus(2, 'running'), halfWay)).toBe(
      'Step 3 failed. Access denied for sqs.SetQueueAttributes.',
    );
    expect(announcement(withStatus(3, 'running'), halfWay)).toContain('Step 4 waits for you.');
  });

  it('is the proof at the end', () => {
    expect(announcement(planned, proved)).toBe('Clean-up finished. 0 left.');
  });
});

it('what wants the learner is brought into sight once, when it begins', () => {
  expect(wantsAttention(withStatus(3, 'running'), halfWay)).toBe('mail');
  expect(wantsAttention(withStatus(2, 'running'), halfWay)).toBe('policy');
  expect(wantsAttention(halfWay, halfWay)).toBeUndefined();
  expect(wantsAttention(undefined, halfWay)).toBeUndefined();
});

describe('a value that does not fit', () => {
  const [email, , name] = start.inputs;
  it.each([
    [email, '', /fill this in/],
    [email, 'shop', /e-mail/],
    [email, 'shop@example.com', undefined],
    [name, 'no spaces', /Letters/],
    [name, 'Order', undefined],
  ])('%o: %s', (input, value, said) => {
    const mistake = input && mistakeIn(input, value);
    if (said) expect(mistake).toMatch(said);
    else expect(mistake).toBeUndefined();
  });
});

describe('the panel’s own state', () => {
  it('survives what is not ours', () => {
    for (const saved of [undefined, 1, 'x', {}, { open: 1 }]) {
      const state = new PanelState(
        saved,
        () => undefined,
        () => undefined,
      );
      expect(state.isOpen('a', true)).toBe(true);
      expect(state.scroll).toBe(0);
    }
  });

  it('is saved whole after every change', () => {
    let saved: unknown;
    const state = new PanelState(
      undefined,
      (next) => (saved = next),
      () => undefined,
    );
    state.setOpen('a', false);
    state.setDraft('input:email', 'x');
    state.setScroll(7);
    expect(saved).toEqual({ open: { a: false }, drafts: { 'input:email': 'x' }, scroll: 7 });
  });
});
