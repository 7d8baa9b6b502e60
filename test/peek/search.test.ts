import { describe, expect, it, test } from 'vitest';
import { MessageList } from '../../src/peek/messageList.ts';
import type { SeenMessage } from '../../src/peek/model.ts';
import { parseFilter } from '../../src/peek/search.ts';

const hour = 3_600_000;
const now = 100 * hour;
const message = (id: string, more: Partial<SeenMessage> = {}): SeenMessage => ({
  id,
  body: `{"orderId":${id},"what":"Notebook, größer"}`,
  size: 100,
  attributes: {},
  state: 'visible',
  sentAt: now - hour,
  expiresAt: now + 90 * hour,
  receives: 0,
  ...more,
});
const all = [
  message('1', { groupId: 'alpha', receives: 3 }),
  message('2', { groupId: 'beta', state: 'delayed', size: 5000 }),
  message('3', { state: 'inflight', attributes: { Kind: { DataType: 'String', StringValue: 'order [x]' } } }),
  message('4', { sentAt: now - 50 * hour, expiresAt: now + hour, body: 'say "hello world" now' }),
];

describe('what is typed finds', () => {
  it.each([
    ['', '1234'],
    ['notebook', '123'],
    ['GRÖSSER', ''],
    ['GRÖßER', '123'],
    ['"orderId":2', '2'],
    ['notebook orderId":3', '3'],
    ['"hello world"', '4'],
    ['-notebook', '4'],
    ['order [x]', '3'],
    ['(', ''],
    ['group:a', '12'],
    ['group=alpha', '1'],
    ['-group:alpha', '234'],
    ['receives>2', '1'],
    ['receives>=3', '1'],
    ['receives=0', '234'],
    ['receives:3', '1'],
    ['attr.kind:ORDER', '3'],
    ['attr.Kind:"order [x]"', '3'],
    ['attr.other:x', ''],
    ['state:delayed', '2'],
    ['state:in-flight', '3'],
    ['state:inflight', '3'],
    ['size>4k', '2'],
    ['age>2d', '4'],
    ['expires<2h', '4'],
    ['unknown:field', ''],
    ['id:4', '4'],
  ])('%s', (text, wanted) => {
    const { matches, problem } = parseFilter(text);
    expect(
      all
        .filter((each) => matches(each, now))
        .map(({ id }) => id)
        .join(''),
    ).toBe(wanted);
    expect(problem).toBeUndefined();
  });
});

test('a number that is none is said, and the rest holds', () => {
  const filter = parseFilter('receives>many notebook');
  expect(filter.problem).toBe('receives is compared with a number, such as receives>2.');
  expect(all.filter((each) => filter.matches(each, now))).toHaveLength(3);
});

test('the list: order of coming, any other order, and no message twice', () => {
  const list = new MessageList();
  list.put(all);
  list.put([message('1', { receives: 4 })]);
  const ids = () =>
    list
      .shown(now)
      .map(({ id }) => id)
      .join('');
  expect(ids()).toBe('1234');
  list.sort({ by: 'receives', descending: true });
  expect(ids()).toBe('1234');
  expect(list.find('1')?.receives).toBe(4);
  list.sort({ by: 'sent', descending: false });
  expect(ids()).toBe('4123');
  list.search('notebook');
  expect(ids()).toBe('123');
  expect(list.placeOf('2', now)).toBe(1);
  expect(list.placeOf('4', now)).toBe(-1);
  const { version } = list;
  list.remove(['2']);
  expect(list.version).not.toBe(version);
  expect(ids()).toBe('13');
});
