// Text for XML: in element content and in attribute values between double quotes.

export function escapeXml(text: string): string {
  return text.replace(/[&<>"\t\n\r]/g, (sign) => signs[sign] ?? sign).replace(forbidden, '\uFFFD');
}

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

// What no XML may hold, not even escaped.
// oxlint-disable-next-line no-control-regex -- just these
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** ` name="value"`, or nothing where there is no value. */
export function attributeText(name: string, value: string | number | boolean | undefined): string {
  return value === undefined ? '' : ` ${name}="${escapeXml(String(value))}"`;
}
