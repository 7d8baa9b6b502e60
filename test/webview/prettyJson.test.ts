import { describe, expect, test } from 'vitest';
import { prettyJson } from '../../webview/compose/prettyJson.ts';

const laid = (text: string) => {
  const pretty = prettyJson(text);
  return 'text' in pretty ? pretty.text : undefined;
};

describe('JSON is laid out', () => {
  test.each(['{"a":[1,2,{"b":null}],"c":{}, "d":[]}', '[]', '"text"', '-1.5', '[[],[[]],{}]', '{"k{": "a,b:[\\"}"}'])(
    'as the language itself would: %s',
    (text) => expect(laid(text)).toBe(JSON.stringify(JSON.parse(text), undefined, 2)),
  );

  test('numbers and names stay letter for letter', () => {
    const text = '{"id": 12345678901234567890, "price": 1.10, "id": 2, "e": "\\u00fc"}';
    expect(laid(text)).toBe('{\n  "id": 12345678901234567890,\n  "price": 1.10,\n  "id": 2,\n  "e": "\\u00fc"\n}');
  });

  test('twice is the same as once', () => {
    const once = laid('{"a":[1,{"b":"c d"}]}') ?? '';
    expect(laid(once)).toBe(once);
  });

  test('what is no JSON is left as it is, and said', () => {
    expect(prettyJson('{"a": }')).toMatchObject({ mistake: expect.stringContaining('This is not JSON') });
  });
});
