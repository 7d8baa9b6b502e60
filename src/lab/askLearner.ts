// A question to a human: confirm the mail, look at this, sign in. In: the question, and what is to hold afterwards. Out: what was found.
// In the sandbox it can be answered by the sandbox itself, which opens the mail and follows the link as the learner would.
import type { MailboxClient, Mail } from '../aws/target.ts';
import { sayDuration } from './duration.ts';
import { bindExpression, evaluate, isTrue, resolveToText } from './expression.ts';
import type { ActionRecord } from './journal.ts';
import type { Action } from './model.ts';
import { prepare, type Prepared } from './prepareRequest.ts';
import { LabRefusal } from './refusal.ts';
import { shown } from './redact.ts';
import type { QuestionSnapshot } from './snapshot.ts';
import type { StepContext } from './stepContext.ts';

type Ask = Extract<Action, { kind: 'ask' }>;
type Result = Omit<ActionRecord, 'status' | 'ms'>;
type MailWanted = NonNullable<QuestionSnapshot['mail']>;

/** How long the sandbox's mail may be on its way, and how often the learner's answer is looked for. */
const mailPatience = 3000;
const glance = 50;

export async function askLearner(context: StepContext, action: Ask): Promise<Result> {
  const already = await holdsAlready(context, action);
  if (already) return already;
  const question = questionOf(context, action);
  try {
    context.ask(question);
    const note = await answerAtOnce(context, question);
    return action.until
      ? await untilItHolds(context, action, question, note)
      : await untilAnswered(context, action, question, note);
  } finally {
    context.ask(undefined);
  }
}

/** Nobody is asked for what is done. */
async function holdsAlready(context: StepContext, { until, save }: Ask): Promise<Result | undefined> {
  if (!until) return undefined;
  const { input, snapshot } = prepare(context, until.request);
  const output = await context.target.sendAny(until.request.operation, input, { signal: context.signal });
  if (!isTrue(evaluate(bindExpression(until.expression, context.scope()), output))) return undefined;
  if (save !== undefined) context.save(save, output);
  return { request: snapshot, response: shown(output), note: 'It was done already.' };
}

function questionOf(context: StepContext, { id, question, mail, until }: Ask): QuestionSnapshot {
  const scope = context.scope();
  const wanted = mail && { ...mail, to: resolveToText(mail.to, scope) };
  return {
    id,
    text: resolveToText(question, scope),
    kind: until ? 'condition' : 'confirm',
    sandboxCanAnswer: context.target.mailbox !== undefined && (wanted !== undefined || !until),
    ...(wanted && { mail: wanted }),
    ...(until && { until: new Date(context.clock.now() + until.patience.withinMs).toISOString() }),
  };
}

/** What the sandbox did instead of the learner; undefined where a human has to. */
async function answerAtOnce(context: StepContext, question: QuestionSnapshot): Promise<string | undefined> {
  const how = context.options.answers ?? 'human';
  if (how === 'human') return undefined;
  const done = await answerBySandbox(context, question);
  if (done !== undefined || question.kind === 'condition') return done;
  return how === 'yes' ? 'Taken as done (--yes).' : undefined;
}

async function answerBySandbox(
  context: StepContext,
  { mail, sandboxCanAnswer }: QuestionSnapshot,
): Promise<string | undefined> {
  const { mailbox } = context.target;
  if (!mailbox || !sandboxCanAnswer) return undefined;
  if (!mail) return 'Taken as done by the sandbox.';
  const found = await findMail(context, mailbox, mail);
  await mailbox.markRead(found.id);
  if (mail.link === undefined) return `The sandbox opened the mail "${found.subject}".`;
  const link = found.links.find(({ label }) => label.toLowerCase().includes((mail.link ?? '').toLowerCase()));
  if (!link)
    throw new LabRefusal('NoLink', `The mail "${found.subject}" has no link ${mail.link}.`, 'Open it in the mailbox.');
  await mailbox.follow(link.url, context.signal);
  return `The sandbox opened the mail "${found.subject}" and followed "${link.label}".`;
}

async function findMail({ clock, signal }: StepContext, mailbox: MailboxClient, wanted: MailWanted): Promise<Mail> {
  const until = clock.now() + mailPatience;
  for (;;) {
    const mails = await mailbox.list(signal);
    const fits = mails.filter(
      ({ to, subject }) => to === wanted.to && subject.toLowerCase().includes((wanted.subject ?? '').toLowerCase()),
    );
    const newest = fits.reduce<Mail | undefined>(
      (best, mail) => (best && best.date > mail.date ? best : mail),
      undefined,
    );
    if (newest) return newest;
    if (clock.now() >= until) break;
    await clock.sleep(glance, signal);
  }
  const subject = wanted.subject === undefined ? '' : ` with "${wanted.subject}"`;
  throw new LabRefusal(
    'NoMail',
    `No mail${subject} has come to ${wanted.to}.`,
    'Run the step again: the mail is then sent once more.',
  );
}

/** What became of the learner's answer, if there is one by now. */
async function heed(context: StepContext, question: QuestionSnapshot): Promise<string | undefined> {
  const answer = context.answer();
  switch (answer) {
    case undefined:
      return undefined;
    case 'done':
      return 'You said that it is done.';
    case 'sandbox':
      return answerBySandbox(context, question);
    case 'give-up':
      throw new LabRefusal('GivenUp', 'This was not done.', 'Run the step again when you can do it.');
  }
}

async function untilAnswered(
  context: StepContext,
  action: Ask,
  question: QuestionSnapshot,
  answered: string | undefined,
): Promise<Result> {
  let note = answered ?? (await heed(context, question));
  while (note === undefined) {
    await context.clock.sleep(glance, context.signal);
    note = await heed(context, question);
  }
  if (action.save !== undefined) context.save(action.save, {});
  return { note };
}

async function untilItHolds(
  context: StepContext,
  action: Ask,
  question: QuestionSnapshot,
  answered: string | undefined,
): Promise<Result> {
  const { until } = action;
  if (!until) return {};
  const prepared: Prepared = prepare(context, until.request);
  const expression = bindExpression(until.expression, context.scope());
  const end = context.clock.now() + until.patience.withinMs;
  const pause = context.target.kind === 'sandbox' ? Math.min(250, until.patience.everyMs) : until.patience.everyMs;
  let note = answered;
  for (;;) {
    const output = await context.target.sendAny(until.request.operation, prepared.input, { signal: context.signal });
    const result = { request: prepared.snapshot, response: shown(output), ...(note !== undefined && { note }) };
    if (isTrue(evaluate(expression, output))) {
      if (action.save !== undefined) context.save(action.save, output);
      return result;
    }
    if (context.clock.now() >= end)
      throw new LabRefusal(
        'NotDone',
        `After ${sayDuration(until.patience.withinMs)} this is still not done: ${question.text}`,
        'Do it, and run the step again.',
      );
    context.note('Waiting for you.');
    note = (await glanceFor(context, question, pause)) ?? note;
  }
}

/** Sleeps until the next look, but heeds the learner's answer at once. */
async function glanceFor(context: StepContext, question: QuestionSnapshot, pause: number): Promise<string | undefined> {
  for (let slept = 0; slept < pause; slept += glance) {
    const note = await heed(context, question);
    if (note !== undefined) return note;
    await context.clock.sleep(Math.min(glance, pause), context.signal);
  }
  return undefined;
}
