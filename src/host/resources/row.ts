// What one row of the Resources view says. Plain data: the rim in resourceTree.ts makes the editor's own items of it.
import type { OfferId } from '../../protocol/message.ts';

export interface Row {
  readonly label: string;
  readonly description: string;
  /** Lines. */
  readonly tooltip: readonly string[];
  /** A product icon and the colour it has, as the editor names them. */
  readonly icon: string;
  readonly colour?: string;
  /** What menus are held to: `queue;fifo;dlq`. */
  readonly context: string;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly expandable: 'no' | 'closed' | 'open';
  /** A number at the right end, two characters at most, with what it means; it colours the label too. */
  readonly badge?: Badge;
  /** What a click does. */
  readonly click?: Click;
}

export interface Badge {
  readonly text: string;
  readonly tooltip: string;
  readonly colour: string;
}

export type Click =
  | { readonly do: 'offer'; readonly offer: OfferId }
  /** One of our commands, given the row itself. */
  | { readonly do: 'command'; readonly command: string; readonly title: string };

export interface Facts {
  readonly label: string;
  readonly icon: string;
  readonly context: string;
  /** Beside the label, the most important first. Spoken too. */
  readonly parts?: readonly string[];
  /** Only in the tooltip. */
  readonly lines?: readonly string[];
  readonly kind: string;
  readonly colour?: string;
  readonly badge?: Badge | undefined;
  readonly expandable?: Row['expandable'];
  readonly click?: Click;
  /** The lab that made it. */
  readonly mark?: string | undefined;
}

/** Every row of a resource is made here, so that all say things in the same order. */
export function rowOf({ label, icon, context, parts = [], lines = [], kind, badge, mark, ...rest }: Facts): Row {
  const said = [...parts, ...(mark === undefined ? [] : [`lab “${mark}”`])].filter((part) => part !== '');
  return {
    label,
    icon,
    context,
    description: said.join(' · '),
    tooltip: [label, ...parts.map(capital), ...lines, mark === undefined ? '' : `Made by the lab “${mark}”`].filter(
      (line) => line !== '',
    ),
    spoken: [`${capital(kind)} ${label}`, ...said, badge?.tooltip ?? ''].filter((part) => part !== '').join(', '),
    expandable: rest.expandable ?? 'no',
    ...(rest.colour !== undefined && { colour: rest.colour }),
    ...(rest.click && { click: rest.click }),
    ...(badge && { badge }),
  };
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Made once: each of many rows has numbers in it. */
const numbers = new Intl.NumberFormat('en-US');

/** 12,345 */
export const counted = (count: number): string => numbers.format(count);

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${counted(count)} ${count === 1 ? one : many}`;

/** At most two characters fit. */
export const short = (count: number): string => (count > 99 ? '∞' : String(count));
