// Message move tasks: dead letters go back to where they came from, or elsewhere, on the sandbox's clock.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
import type { Timer } from '../clock.ts';
import type { World } from '../service.ts';
import { newId } from './message.ts';
import type { Message } from './message.ts';
import type { Queue } from './queue.ts';
import type { Queues } from './queues.ts';

export interface MoveTask {
  readonly id: string;
  readonly sourceArn: string;
  /** Left out: every message goes back to the queue it was dead-lettered from. */
  readonly destinationArn: string | undefined;
  /** Messages a second, 1 to 500. Left out: as fast as it goes. */
  readonly rate: number | undefined;
  /** Milliseconds. */
  readonly startedAt: number;
  readonly toMove: number;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  moved: number;
  failureReason: string | undefined;
}

/** AWS shows the ten latest tasks of a queue. */
const mostKept = 10;
/** Without a rate so many go at a time, with this pause between (milliseconds). */
const burst = 1000;
const pause = 100;

export class MoveTasks {
  readonly #bySource = new Map<string, MoveTask[]>();
  readonly #timers = new Map<MoveTask, Timer>();
  readonly #world: World;
  readonly #queues: Queues;
  readonly #served: (queue: Queue) => void;

  /** `served` is told of every queue that got messages. */
  constructor(world: World, queues: Queues, served: (queue: Queue) => void) {
    this.#world = world;
    this.#queues = queues;
    this.#served = served;
  }

  /** Latest first. */
  of(sourceArn: string): readonly MoveTask[] {
    return this.#bySource.get(sourceArn) ?? [];
  }

  start(task: MoveTask): void {
    this.#bySource.set(task.sourceArn, [task, ...this.of(task.sourceArn)].slice(0, mostKept));
    this.#step(task);
  }

  cancel(task: MoveTask): void {
    this.#end(task, 'CANCELLED');
  }

  /** The queue is gone, and its tasks with it. */
  forget(sourceArn: string): void {
    for (const task of this.of(sourceArn)) this.#stop(task);
    this.#bySource.delete(sourceArn);
  }

  clear(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
    this.#bySource.clear();
  }

  snapshot(): MoveTask[] {
    return [...this.#bySource.values()].flat().map((task) => ({ ...task }));
  }

  /** Tasks that were running go on. */
  restore(tasks: readonly MoveTask[]): void {
    this.clear();
    for (const { ...task } of tasks) {
      this.#bySource.set(task.sourceArn, [...this.of(task.sourceArn), task]);
      if (task.status === 'RUNNING') this.#later(task);
    }
  }

  /** Moves what may be moved now; a message more than the rate allows waits for the next step. */
  #step(task: MoveTask): void {
    const source = this.#queues.findByArn(task.sourceArn);
    if (!source) return this.#end(task, 'FAILED', 'AWS.SimpleQueueService.NonExistentQueue');
    const now = this.#world.clock.now();
    source.settle(now);
    const most = Math.min(task.rate === undefined ? burst : 1, task.toMove - task.moved);
    const reached = new Set<Queue>();
    let left = most;
    if (left > 0) {
      for (const message of source.messages.visible()) {
        const target = this.#target(task, message);
        if (typeof target === 'string') {
          this.#end(task, 'FAILED', target);
          break;
        }
        redrive(source, message, target, newId(this.#world), now);
        task.moved++;
        reached.add(target);
        if (--left === 0) break;
      }
    }
    for (const queue of reached) this.#served(queue);
    this.#world.changed();
    if (task.status !== 'RUNNING') return;
    if (left > 0 || task.moved >= task.toMove) this.#end(task, 'COMPLETED');
    else this.#later(task);
  }

  #later(task: MoveTask): void {
    const due = this.#world.clock.now() + (task.rate === undefined ? pause : 1000 / task.rate);
    this.#timers.set(
      task,
      this.#world.clock.at(due, () => this.#step(task)),
    );
  }

  /** Where a message goes, or why the task cannot say. */
  #target(
    task: MoveTask,
    message: Message,
  ): Queue | 'CouldNotDetermineMessageSource' | 'AWS.SimpleQueueService.NonExistentQueue' {
    const arn = task.destinationArn ?? message.source;
    if (arn === undefined) return 'CouldNotDetermineMessageSource';
    return this.#queues.findByArn(arn) ?? 'AWS.SimpleQueueService.NonExistentQueue';
  }

  #end(task: MoveTask, status: MoveTask['status'], reason?: string): void {
    this.#stop(task);
    task.status = status;
    task.failureReason = reason;
    this.#world.changed();
  }

  #stop(task: MoveTask): void {
    this.#timers.get(task)?.cancel();
    this.#timers.delete(task);
  }
}

/** A redriven message is a new one: with a new id, sent now, never received. */
export function redrive(source: Queue, message: Message, target: Queue, id: string, now: number): void {
  source.messages.remove(message);
  target.arrive({ content: { ...contentOf(message), id }, sentAt: now, due: now }, now);
}

const contentOf = ({ body, attributes, traceHeader, senderId, groupId, deduplicationId }: Message) => ({
  body,
  attributes,
  traceHeader,
  senderId,
  groupId,
  deduplicationId,
});
