import { expect, test } from 'vitest';
import { inReadingOrder } from '../../src/lab/readingOrder.ts';

test.each([
  ['a b c', ['a', 'b', 'c']],
  ['a>c b c', ['c', 'a', 'b']],
  ['a>b b>c c', ['c', 'b', 'a']],
  ['a>b b>a c', ['b', 'a', 'c']],
  ['a>gone a>gone', ['a', 'a']],
])('%s', (text, order) => {
  const labs = text.split(' ').map((each) => {
    const [id = '', buildsOn] = each.split('>');
    return { id, buildsOn };
  });
  expect(inReadingOrder(labs, (lab) => lab).map(({ id }) => id)).toEqual(order);
});
