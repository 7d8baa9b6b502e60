// Dates, times and durations of XML Schema: what is wrong with a value, and what moment it means.

type Kind = 'dateTime' | 'date' | 'time' | 'gYear' | 'gYearMonth' | 'gMonthDay' | 'gDay' | 'gMonth';

const year = '(?<year>-?(?:\\d{4}|[1-9]\\d{4,17}))';
const month = '(?<month>\\d\\d)';
const day = '(?<day>\\d\\d)';
const time = '(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d(?:\\.\\d+)?)';
const zone = '(?<zone>Z|[+-]\\d\\d:\\d\\d)?';

const forms: Readonly<Record<Kind, RegExp>> = {
  dateTime: new RegExp(`^${year}-${month}-${day}T${time}${zone}$`),
  date: new RegExp(`^${year}-${month}-${day}${zone}$`),
  time: new RegExp(`^${time}${zone}$`),
  gYear: new RegExp(`^${year}${zone}$`),
  gYearMonth: new RegExp(`^${year}-${month}${zone}$`),
  gMonthDay: new RegExp(`^--${month}-${day}${zone}$`),
  gDay: new RegExp(`^---${day}${zone}$`),
  gMonth: new RegExp(`^--${month}${zone}$`),
};

export function momentProblem(kind: Kind, value: string): string | undefined {
  const parts = forms[kind].exec(value)?.groups;
  if (!parts) return 'form';
  const number = (name: string, otherwise: number) => (parts[name] === undefined ? otherwise : Number(parts[name]));
  if (number('year', 1) === 0) return 'there is no year 0';
  const lastDay = daysIn(number('month', 1), parts['year'] === undefined ? undefined : number('year', 1));
  if (lastDay === undefined) return 'month';
  if (number('day', 1) < 1 || number('day', 1) > lastDay) return 'day';
  const midnight = number('hour', 0) === 24 && number('minute', 0) === 0 && number('second', 0) === 0;
  if (!midnight && (number('hour', 0) > 23 || number('minute', 0) > 59 || number('second', 0) >= 60)) return 'time';
  return zoneProblem(parts['zone']);
}

function daysIn(month: number, year: number | undefined): number | undefined {
  const leap = year === undefined || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
}

function zoneProblem(zone: string | undefined): string | undefined {
  if (zone === undefined || zone === 'Z') return undefined;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
  return minutes > 14 * 60 || Number(zone.slice(4)) > 59 ? 'time zone' : undefined;
}

// libxml2 takes .5S and 5.S too, and numbers as long as a machine's.
const durationForm =
  /^-?P(?=.)(?:(?<years>\d{1,18})Y)?(?:(?<months>\d{1,18})M)?(?:(?<days>\d{1,18})D)?(?:T(?=.)(?:(?<hours>\d{1,18})H)?(?:(?<minutes>\d{1,18})M)?(?:(?<seconds>\d{1,18}(?:\.\d*)?|\.\d+)S)?)?$/;

export function durationProblem(value: string): string | undefined {
  return durationForm.test(value) ? undefined : 'form';
}

/** Milliseconds since 1970, or undefined where it is no dateTime. Without a zone: UTC, as SAML demands it. */
export function momentOf(value: string): number | undefined {
  const trimmed = value.trim();
  if (momentProblem('dateTime', trimmed) !== undefined) return undefined;
  const at = Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(trimmed) ? trimmed : `${trimmed}Z`);
  return Number.isNaN(at) ? undefined : at;
}

/** About how many milliseconds a duration lasts, a month being 30 days; undefined where it is none. */
export function durationOf(value: string): number | undefined {
  const parts = durationForm.exec(value.trim())?.groups;
  if (!parts) return undefined;
  const number = (name: string) => Number(parts[name] ?? 0);
  const days = number('years') * 365 + number('months') * 30 + number('days');
  return (((days * 24 + number('hours')) * 60 + number('minutes')) * 60 + number('seconds')) * 1000;
}
